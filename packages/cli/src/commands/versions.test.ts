import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { all } from '../testing/all.ts';
import { type CliServer, cliServer } from '../testing/cli-server.ts';

interface Version {
  kind: string;
  key: string;
  versionId: string;
  isLatest: boolean;
}

/** A bucket that keeps versions, with `film/cut` in it, of which there are two: "first" and "second". */
async function versionedBucket(): Promise<CliServer & { versions: () => Promise<Version[]> }> {
  const server = await cliServer();
  await server.oss.makeBucket('demo');
  expect(await server.run('versioning', 'oss://demo')).toMatchObject({
    out: 'versions of oss://demo/ are off (never switched on)\n',
  });
  expect(await server.run('versioning', 'oss://demo', 'enabled')).toMatchObject({
    code: 0,
    out: 'versions of oss://demo/ are enabled\n',
  });
  await server.oss.put('demo', 'film/cut', 'first');
  await server.oss.put('demo', 'film/cut', 'second');
  return {
    ...server,
    versions: async () =>
      JSON.parse((await server.run('ls', '-r', '--all-versions', '--json', 'oss://demo')).out),
  };
}

test('ls --all-versions lists what was overwritten and deleted, the newest first', async () => {
  const { run } = await versionedBucket();
  await run('rm', 'oss://demo/film/cut');
  expect((await run('ls', '-r', 'oss://demo')).err).toBe('nothing lies below oss://demo\n');
  const { out } = await run('ls', '-r', '--all-versions', 'oss://demo/');
  expect(out.trimEnd().split('\n').slice(1)).toEqual([
    expect.stringMatching(/^ *deleted +.* latest +oss:\/\/demo\/film\/cut$/),
    expect.stringMatching(/^ *6 B +.* old +oss:\/\/demo\/film\/cut$/),
    expect.stringMatching(/^ *5 B +.* old +oss:\/\/demo\/film\/cut$/),
  ]);
  expect((await run('ls', '--all-versions', 'oss://demo')).out).toMatch(/ - +oss:\/\/demo\/film\/\n$/);
  expect(await run('ls', '--all-versions')).toMatchObject({ code: 2 });
});

test('cat, stat, sign and cp take an old version', async () => {
  const { run, folder, versions, oss } = await versionedBucket();
  const [second, first] = await versions();
  expect([second?.isLatest, first?.isLatest]).toEqual([true, false]);
  const id = first?.versionId ?? '';
  const old = ['oss://demo/film/cut', '--version-id', id] as const;
  expect((await run('cat', ...old)).out).toBe('first');
  expect((await run('cat', 'oss://demo/film/cut')).out).toBe('second');
  expect(JSON.parse((await run('stat', ...old, '--json')).out)).toMatchObject({ size: 5, versionId: id });
  expect((await run('stat', 'oss://demo/film/cut')).out).toContain(`version   ${second?.versionId}\n`);
  expect(await (await fetch((await run('sign', ...old)).out.trim())).text()).toBe('first');
  expect(await run('cp', 'oss://demo/film/cut', 'back', '--version-id', id)).toMatchObject({ code: 0 });
  expect(await readFile(join(folder, 'back'), 'utf8')).toBe('first');

  // An old version is brought back by copying it onto its name.
  await run('cp', 'oss://demo/film/cut', 'oss://demo/film/cut', '--version-id', id);
  expect((await run('cat', 'oss://demo/film/cut')).out).toBe('first');
  expect(await all(oss.listVersions('demo'))).toHaveLength(3);
});

test('says what a version id cannot be used for', async () => {
  const { run } = await versionedBucket();
  const refused = [
    ['cp', 'back', 'oss://demo/film/cut'],
    ['cp', '-r', 'oss://demo/film/', 'out'],
    ['cat', 'oss://demo/a', 'oss://demo/b'],
    ['rm', '-r', 'oss://demo/film/'],
    ['rm', 'oss://demo/a', '--all-versions'],
    ['sign', 'oss://demo/a', '--put'],
  ];
  for (const line of refused) {
    expect(await run(...line, '--version-id', 'null')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--version-id'),
    });
  }
  expect(await run('cat', 'oss://demo/film/cut', '--version-id', 'null')).toMatchObject({
    code: 1,
    err: expect.stringContaining('NoSuchVersion'),
  });
});

test('rm takes one version away, or all of them, for good', async () => {
  const { run, oss, versions } = await versionedBucket();
  await oss.put('demo', 'film/cut2', 'another');
  const [second] = await versions();
  await run('rm', 'oss://demo/film/cut', '--version-id', second?.versionId ?? '');
  expect((await run('cat', 'oss://demo/film/cut')).out).toBe('first');

  await run('rm', 'oss://demo/film/cut');
  const dry = await run('rm', 'oss://demo/film/cut', '--all-versions', '--dry-run');
  expect(dry.out).toMatch(
    /^(would delete oss:\/\/demo\/film\/cut version \S+\n){2}2 versions would be deleted\n$/,
  );
  expect((await versions()).map(({ kind }) => kind)).toEqual(['marker', 'version', 'version']);
  expect((await run('rm', 'oss://demo/film/cut', '--all-versions')).out).toBe('2 versions deleted\n');
  expect((await versions()).map(({ key }) => key)).toEqual(['film/cut2']);
  expect((await run('rm', '-r', 'oss://demo/film/', '--all-versions')).out).toBe('1 version deleted\n');
  expect(await versions()).toEqual([]);
});

test('names that would forge lines of output are shown as what they are', async () => {
  const { run, oss } = await versionedBucket();
  await oss.put('demo', 'film/a\nwould delete oss://demo/b', 'x');
  const shown = 'oss://demo/film/a\\x0awould delete oss://demo/b';
  const dry = await run(
    'rm',
    '-r',
    'oss://demo/film/',
    '--dry-run',
    '--include',
    'film/**',
    '--include',
    '*',
  );
  expect(dry.out).toContain(`would delete ${shown}`);
  expect((await run('cp', '-r', 'oss://demo/film/', 'oss://demo/other/', '--dry-run')).out).toContain(shown);
  await run('rm', '-r', 'oss://demo/film/');
  expect((await run('undelete', '-r', 'oss://demo/film/')).out).toContain(`brought back ${shown}`);
});

test('rm --dry-run deletes nothing', async () => {
  const { run, oss } = await versionedBucket();
  expect((await run('rm', 'oss://demo/film/cut', '--dry-run')).out).toBe(
    'would delete oss://demo/film/cut\n1 object would be deleted\n',
  );
  expect((await run('rm', '-r', 'oss://demo/film/', '--dry-run')).out).toContain(
    'would delete oss://demo/film/cut\n',
  );
  expect(await all(oss.list('demo'))).toHaveLength(1);
});

test('undelete brings back what was deleted, as it was', async () => {
  const { run, oss } = await versionedBucket();
  await oss.put('demo', 'film/other.log', 'log');
  await oss.put('demo', 'film/gone', 'gone');
  await run('rm', 'oss://demo/film/gone', '--all-versions');
  await run('rm', '-r', 'oss://demo/film/');
  const args = ['undelete', '-r', 'oss://demo/film/', '--exclude', '*.log'];
  expect((await run(...args, '--dry-run')).out).toBe('would bring back oss://demo/film/cut\n');
  expect((await run(...args)).out).toBe('brought back oss://demo/film/cut\n');
  expect((await run('cat', 'oss://demo/film/cut')).out).toBe('second');
  expect((await run('undelete', 'oss://demo/film/other.log')).out).toBe(
    'brought back oss://demo/film/other.log\n',
  );
  expect(await run('undelete', 'oss://demo/film/cut')).toMatchObject({
    code: 0,
    out: '',
    err: expect.stringContaining('nothing was deleted there'),
  });
});

test('du --all-versions adds up what old versions take', async () => {
  const { run } = await versionedBucket();
  await run('rm', 'oss://demo/film/cut');
  const du = async (...args: string[]) => JSON.parse((await run('du', 'oss://demo', '--json', ...args)).out);
  expect(await du()).toMatchObject({ objects: 0, bytes: 0 });
  expect(await du('--all-versions')).toMatchObject({ objects: 2, bytes: 11, below: [{ name: 'film/' }] });
});

test('rb --force takes old versions, delete markers and unfinished uploads along', async () => {
  const { run, oss, folder } = await versionedBucket();
  await run('rm', 'oss://demo/film/cut');
  expect(await run('rb', 'oss://demo')).toMatchObject({
    code: 1,
    err: expect.stringContaining('BucketNotEmpty'),
  });
  const stop = new AbortController();
  await writeFile(join(folder, 'big'), Buffer.alloc(400_000));
  const upload = oss.uploadFile(join(folder, 'big'), 'demo', 'big', {
    partSize: 102_400,
    parallel: 1,
    signal: stop.signal,
    onBytes: () => stop.abort(),
  });
  await expect(upload).rejects.toThrow(/aborted/);
  const dry = await run('rb', 'oss://demo', '--force', '--dry-run');
  expect(dry.out).toMatch(/oss:\/\/demo\/ would be removed, with 3 versions in it\n$/);
  expect((await run('rb', 'oss://demo', '--force')).out).toBe(
    'oss://demo/ is removed, with 3 versions in it\n',
  );
  expect(await oss.bucketExists('demo')).toBe(false);
});
