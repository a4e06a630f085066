import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { openFileStore } from '@rebatch/objects';
import { expect, onTestFinished, test } from 'vitest';
import { main } from '../main.ts';
import { cliServer } from '../testing/cli-server.ts';
import { testIo } from '../testing/test-io.ts';

async function dataWithOrphan(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'rebatch-oss-'));
  onTestFinished(async () => rm(data, { recursive: true, force: true }));
  const store = await openFileStore({ dir: join(data, 'objects'), clock: systemClock });
  await store.createBucket('pictures', '1');
  await store.put('pictures', 'a', bytes('hello'));
  await store.close();
  await mkdir(join(data, 'objects/blobs/ff'), { recursive: true });
  await writeFile(join(data, 'objects/blobs/ff/ffff'), 'stray');
  return data;
}

async function* bytes(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

async function oss(verb: string, data: string): Promise<{ code: number; out: string; err: string }> {
  const io = testIo({});
  const code = await main(['oss', verb, '--data', data], io);
  return { code, out: io.stdout(), err: io.stderr() };
}

test('check counts and changes nothing, gc clears up', async () => {
  const data = await dataWithOrphan();
  const line = '1 objects read (5 B), 0 damaged; 1 files without an object (5 B)\n';
  expect(await oss('check', data)).toMatchObject({ code: 0, out: line });
  expect(await oss('check', data)).toMatchObject({ code: 0, out: line });
  expect(await oss('gc', data)).toMatchObject({ code: 0, out: '1 files removed (5 B)\n' });
  expect((await oss('check', data)).out).toContain('0 files without an object');
});

test('a folder without a store is named, and stays as it is', async () => {
  const data = await mkdtemp(join(tmpdir(), 'rebatch-oss-'));
  onTestFinished(async () => rm(data, { recursive: true, force: true }));
  const s3 = testIo({
    env: { REBATCH_S3_ENDPOINT: 'http://h', REBATCH_S3_ACCESS_KEY: 'a', REBATCH_S3_SECRET_KEY: 's' },
  });
  await main(['oss', 'gc', '--data', data, '--objects', 's3'], s3);
  for (const err of [(await oss('check', data)).err, s3.stderr()]) {
    expect(err).toBe(`rebatch: there is no object store in ${data}: give the --data of its server\n`);
  }
  expect(await readdir(data)).toEqual([]);
});

test('a store that a server has open is left alone, in one line', async () => {
  const server = await cliServer();
  const refused = await server.run('oss', 'check');
  expect(refused).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^rebatch: .*another process.*\n$/),
  });
});
