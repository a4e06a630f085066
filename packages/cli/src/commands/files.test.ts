import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { all } from '../testing/all.ts';
import { cliServer } from '../testing/cli-server.ts';

test('copies a folder there and back, and leaves alone what is the same', async () => {
  const server = await cliServer();
  const source = join(server.folder, 'in');
  await mkdir(join(source, 'deep'), { recursive: true });
  await writeFile(join(source, 'a.txt'), 'one');
  await writeFile(join(source, 'deep', 'b c.txt'), 'two');
  await symlink('a.txt', join(source, 'link.txt'));
  const missing = await server.run('cp', '-r', 'in', 'oss://demo/p/');
  expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('NoSuchBucket') });
  const up = await server.run('cp', '-r', 'in', 'oss://demo/p/', '--make-bucket');
  expect(up).toMatchObject({ code: 0, out: expect.stringMatching(/^3 files copied: 9 B in /) });
  const again = await server.run('cp', '-r', 'in', 'oss://demo/p/');
  expect(again.out).toMatch(/^0 files copied, 3 unchanged: 0 B/);
  await server.run('cp', '-r', 'oss://demo/p', 'out');
  expect((await readdir(join(server.folder, 'out'), { recursive: true })).toSorted()).toEqual([
    'a.txt',
    'deep',
    'deep/b c.txt',
    'link.txt',
  ]);
  expect(await readFile(join(server.folder, 'out', 'deep', 'b c.txt'), 'utf8')).toBe('two');
});

test('copies single files into folders and under new names', async () => {
  const server = await cliServer();
  await server.oss.makeBucket('demo');
  await writeFile(join(server.folder, 'a.txt'), 'one');
  await server.run('cp', 'a.txt', 'oss://demo/new.txt');
  await server.run('cp', 'a.txt', 'oss://demo/dir/');
  await server.run('cp', 'oss://demo/new.txt', 'oss.txt');
  await server.run('cp', 'oss://demo/dir/a.txt', 'oss://demo/new.txt', 'sub/');
  expect(await readFile(join(server.folder, 'oss.txt'), 'utf8')).toBe('one');
  expect((await readdir(join(server.folder, 'sub'))).toSorted()).toEqual(['a.txt', 'new.txt']);
  expect(await server.run('cp', '.', 'oss://demo/')).toMatchObject({ code: 2 });
});

test('lists buckets and objects, and prints an object byte by byte', async () => {
  const server = await cliServer();
  await server.oss.makeBucket('demo');
  await server.oss.put('demo', 'top.bin', Buffer.from([0, 255, 10]));
  await server.oss.put('demo', 'dir/x', 'x');
  expect((await server.run('ls')).out).toContain('oss://demo/');
  expect((await server.run('ls', 'oss://demo')).out).toMatch(
    /^ +- +- +oss:\/\/demo\/dir\/\n +3 B +\S+ \S+ +oss:\/\/demo\/top\.bin$/m,
  );
  expect((await server.run('ls', '-r', 'oss://demo/dir')).out).toContain('oss://demo/dir/x');
  const json = JSON.parse((await server.run('ls', 'oss://demo', '--json')).out);
  expect(json).toMatchObject([
    { kind: 'prefix', key: 'dir/' },
    { kind: 'object', key: 'top.bin', size: 3 },
  ]);
  expect((await server.run('cat', 'oss://demo/top.bin')).out).toBe('\u0000\u00ff\n');
  const gone = await server.run('cat', 'oss://demo/nope');
  expect(gone).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^rebatch: oss:\/\/demo\/nope: .*NoSuchKey/),
  });
});

test('copies only what the filters leave, and nothing with --dry-run', async () => {
  const server = await cliServer();
  await mkdir(join(server.folder, 'in', 'deep'), { recursive: true });
  for (const name of ['a.png', 'a.txt', 'deep/b.png', 'deep/c.blend1']) {
    await writeFile(join(server.folder, 'in', name), name);
  }
  const args = [
    'cp',
    '-r',
    'in',
    'oss://demo/p/',
    '--make-bucket',
    '--include',
    '*.png',
    '--exclude',
    'deep/**',
  ];
  const dry = await server.run(...args, '--dry-run');
  expect(dry.out).toMatch(/would copy .*a\.png → oss:\/\/demo\/p\/a\.png\n1 file would be looked at: 5 B\n$/);
  expect((await server.run('ls')).out).toBe('');
  await server.run(...args);
  expect((await all(server.oss.list('demo'))).map(({ key }) => key)).toEqual(['p/a.png']);
});

test('sync makes both sides alike, deleting only when asked', async () => {
  const server = await cliServer();
  await server.oss.makeBucket('demo');
  await server.oss.put('demo', 'p/old.txt', 'old');
  await server.oss.put('demo', 'p/keep.log', 'log');
  await server.oss.put('demo', 'other.txt', 'other');
  await mkdir(join(server.folder, 'in'));
  await writeFile(join(server.folder, 'in', 'new.txt'), 'new');
  const keys = async () => (await all(server.oss.list('demo'))).map(({ key }) => key);
  await server.run('sync', 'in', 'oss://demo/p');
  expect(await keys()).toEqual(['other.txt', 'p/keep.log', 'p/new.txt', 'p/old.txt']);
  const dry = await server.run('sync', 'in', 'oss://demo/p', '--delete', '--exclude', '*.log', '--dry-run');
  expect(dry.out).toContain('would delete oss://demo/p/old.txt\n');
  await server.run('sync', 'in', 'oss://demo/p', '--delete', '--exclude', '*.log');
  expect(await keys()).toEqual(['other.txt', 'p/keep.log', 'p/new.txt']);

  await writeFile(join(server.folder, 'in', 'extra.txt'), 'extra');
  await server.run('sync', 'oss://demo/p', 'in', '--delete');
  expect((await readdir(join(server.folder, 'in'))).toSorted()).toEqual(['keep.log', 'new.txt']);
});

test('a sync leaves alone what only marks a folder, and what a broken download left', async () => {
  const server = await cliServer();
  await server.oss.makeBucket('demo');
  for (const key of ['p/', 'p/deep/', 'p/old.txt']) await server.oss.put('demo', key, '');
  await mkdir(join(server.folder, 'in', 'deep'), { recursive: true });
  await writeFile(join(server.folder, 'in', 'new.txt'), 'new');
  await writeFile(join(server.folder, 'in', 'big.1a2b3c4d-5e6f7a8b.rebatch-part'), 'half');
  await server.run('sync', 'in', 'oss://demo/p', '--delete');
  expect((await all(server.oss.list('demo'))).map(({ key }) => key)).toEqual(['p/', 'p/deep/', 'p/new.txt']);
});

test('makes, measures, signs and removes', async () => {
  const server = await cliServer();
  expect(await server.run('mb', 'oss://demo')).toMatchObject({ code: 0 });
  await writeFile(join(server.folder, 'a.txt'), 'hello');
  await server.run('cp', 'a.txt', 'oss://demo/x/<a & "b">.txt');
  await server.run('cp', 'a.txt', 'oss://demo/x/deep/a.txt');
  const stat = await server.run('stat', 'oss://demo/x/deep/a.txt', '--json');
  expect(JSON.parse(stat.out)).toMatchObject({
    bucket: 'demo',
    size: 5,
    etag: '5D41402ABC4B2A76B9719D911017C592',
  });
  const du = JSON.parse((await server.run('du', 'oss://demo/x/', '--json')).out);
  expect(du).toMatchObject({
    objects: 2,
    bytes: 10,
    below: expect.arrayContaining([expect.objectContaining({ name: 'x/deep/' })]),
  });

  const address = (await server.run('sign', 'oss://demo/x/<a & "b">.txt')).out.trim();
  expect(await (await fetch(address)).text()).toBe('hello');
  const forged = await fetch(address.replace('%3Ca', 'other'));
  expect(forged.status).toBe(403);

  expect(await server.run('rb', 'oss://demo')).toMatchObject({
    code: 1,
    err: expect.stringContaining('BucketNotEmpty'),
  });
  expect(await server.run('rm', '-r', 'oss://demo/x')).toMatchObject({ code: 2 });
  expect((await server.run('rm', '-r', 'oss://demo/x/')).out).toBe('2 objects deleted\n');
  await server.run('cp', 'a.txt', 'oss://demo/last.txt');
  expect((await server.run('rb', 'oss://demo', '--force')).out).toBe(
    'oss://demo/ is removed, with 1 object in it\n',
  );
  expect(await server.oss.bucketExists('demo')).toBe(false);
});

/** One pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==';

test('signs an address of what is made of a picture', async () => {
  const server = await cliServer();
  await server.run('mb', 'oss://demo');
  await writeFile(join(server.folder, 'a.png'), Buffer.from(PNG, 'base64'));
  await server.run('cp', 'a.png', 'oss://demo/a.png');
  const { out } = await server.run('sign', 'oss://demo/a.png', '--process', 'image/info');
  expect(await (await fetch(out.trim())).json()).toMatchObject({ ImageWidth: { value: '1' } });
  const put = await server.run('sign', 'oss://demo/a.png', '--process', 'image/info', '--put');
  expect(put).toMatchObject({ code: 2, err: expect.stringContaining('--process') });
});
