import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
