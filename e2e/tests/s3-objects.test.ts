import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { type ObjectStore, openS3Store } from '@rebatch/objects';
import { bodyOf, objectStoreContract, patternBytes, readAll } from '@rebatch/objects/contract';
import { Client } from 'minio';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { PICTURE, signedProcess } from '../support/pictures.ts';
import { type StartedMinio, startMinio } from '../support/minio.ts';
import { readPng } from '../support/png.ts';
import { run, type RunResult } from '../support/run.ts';
import { REBATCH, startServer } from '../support/server.ts';

const MIB = 1024 * 1024;

let minio: StartedMinio;
beforeAll(async () => {
  minio = await startMinio();
  // The first time MinIO is compiled.
}, 1_200_000);
afterAll(() => minio.stop());

async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rebatch-e2e-s3-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

const open = (dir: string, more: { endpoint?: string; bucket?: string } = {}): Promise<ObjectStore> =>
  openS3Store({ ...minio, bucket: 'bytes', dir, clock: systemClock, ...more });

const read = async (store: ObjectStore, key: string): Promise<Buffer> =>
  readAll((await store.get('bucket', key)).body);

objectStoreContract('the S3 store over MinIO', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'rebatch-e2e-s3-'));
  const store = await open(dir);
  return {
    store,
    async dispose() {
      await store.close();
      await rm(dir, { recursive: true });
    },
  };
});

describe('the S3 store', () => {
  test('has everything again after a restart, in parts and in segments too', async () => {
    const dir = await temporaryFolder();
    const large = patternBytes(21 * MIB, 1);
    let store = await open(dir);
    await store.createBucket('bucket', '1001');
    await store.put('bucket', 'large', bodyOf(large.subarray(0, 9 * MIB), large.subarray(9 * MIB)));
    const pieces = Array.from({ length: 40 }, (_, index) => patternBytes(1 + index * 5000, index + 1));
    let position = 0;
    for (const piece of pieces) {
      ({ nextPosition: position } = await store.append('bucket', 'log', position, bodyOf(piece)));
    }
    await store.close();
    store = await open(dir);
    expect((await read(store, 'large')).equals(large)).toBe(true);
    expect((await read(store, 'log')).equals(Buffer.concat(pieces))).toBe(true);
    const { body } = await store.get('bucket', 'large', { start: 8 * MIB - 3, end: 8 * MIB + 3 });
    expect((await readAll(body)).equals(large.subarray(8 * MIB - 3, 8 * MIB + 4))).toBe(true);
    await store.close();
  });

  test('loses nothing that was confirmed in a crash, and clears away what nothing points to', async () => {
    const dir = await temporaryFolder();
    const before = await open(dir);
    await before.createBucket('bucket', '1001');
    await before.put('bucket', 'kept', bodyOf(patternBytes(MIB, 1)));
    // What the disk of a machine that fails now would hold; the bytes of what is put afterwards are orphans for it.
    const crashed = await temporaryFolder();
    await cp(dir, crashed, { recursive: true });
    const orphan = await before.put('bucket', 'orphan', bodyOf(patternBytes(MIB, 2)));
    const url = await before.directUrl('bucket', 'orphan', { seconds: 60, headers: {} });
    expect((await fetch(url ?? '')).status).toBe(200);
    const after = await open(crashed);
    expect((await after.list('bucket')).objects.map(({ key }) => key)).toEqual(['kept']);
    expect((await read(after, 'kept')).equals(patternBytes(MIB, 1))).toBe(true);
    expect((await fetch(url ?? '')).status).toBe(404);
    expect(orphan.size).toBe(MIB);
    await after.close();
    await before.close();
  });

  test('goes on reading and writing when the line to the server breaks', async () => {
    const proxy = await startCuttingProxy(minio.endpoint);
    onTestFinished(() => proxy.close());
    const store = await open(await temporaryFolder(), { endpoint: proxy.url });
    await store.createBucket('bucket', '1001');
    const bytes = patternBytes(12 * MIB, 3);
    await store.put('bucket', 'key', bodyOf(bytes));
    proxy.cutAfter(3 * MIB, 3);
    expect((await read(store, 'key')).equals(bytes)).toBe(true);
    expect(proxy.cuts).toBe(3);
    proxy.cutAfter(0, 2);
    await store.put('bucket', 'other', bodyOf(bytes.subarray(0, MIB)));
    expect((await read(store, 'other')).equals(bytes.subarray(0, MIB))).toBe(true);
    await store.close();
  });

  test('refuses metadata and bytes that do not belong together', async () => {
    const dir = await temporaryFolder();
    await (await open(dir)).close();
    await expect(open(dir, { bucket: 'elsewhere' })).rejects.toThrow(
      /are in the bucket bytes, not in elsewhere/,
    );
    const empty = await startMinio();
    onTestFinished(() => empty.stop());
    await expect(open(dir, { endpoint: empty.endpoint })).rejects.toThrow(
      /the bucket bytes does not hold the objects that are described in/,
    );
  });
});

const environment = (): NodeJS.ProcessEnv => ({
  REBATCH_S3_ENDPOINT: minio.endpoint,
  REBATCH_S3_ACCESS_KEY: minio.accessKey,
  REBATCH_S3_SECRET_KEY: minio.secretKey,
  REBATCH_S3_REDIRECT_FROM: '1m',
});

describe('rebatch serve --objects s3', () => {
  test('serves OSS clients, survives kill -9 and sends followers of big links to the S3 server', async () => {
    const server = await startServer({
      executor: 'simulated',
      args: ['--objects', 's3'],
      env: environment(),
    });
    onTestFinished(() => server.dispose());
    const bytes = patternBytes(2 * MIB, 4);
    await server.objects.makeBucket('films');
    await server.objects.put('films', 'big.bin', bytes);
    await server.objects.put('films', 'small.txt', Buffer.from('small'));
    await server.restart();
    expect((await readAll((await server.objects.get('films', 'big.bin')).body)).equals(bytes)).toBe(true);

    const big = server.objects.signUrl('films', 'big.bin', 60);
    const redirect = await fetch(big, { redirect: 'manual' });
    expect(redirect.status).toBe(307);
    expect(redirect.headers.get('location')).toMatch(new RegExp(`^${minio.endpoint}/rebatch/rebatch/`));
    const followed = await fetch(big, { headers: { Range: 'bytes=10-19' } });
    expect(followed.headers.get('content-type')).toBe('application/octet-stream');
    expect(Buffer.from(await followed.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
    const small = await fetch(server.objects.signUrl('films', 'small.txt', 60), { redirect: 'manual' });
    expect([small.status, await small.text()]).toEqual([200, 'small']);

    await server.objects.put('films', 'a.png', PICTURE);
    const turned = await fetch(signedProcess(server, 'films', 'a.png', 'image/rotate,90'), {
      redirect: 'manual',
    });
    expect(readPng(Buffer.from(await turned.arrayBuffer()))).toMatchObject({ width: 20, height: 40 });
  });

  test('says in one line that the S3 server refuses the key', async () => {
    const env = { ...environment(), REBATCH_S3_SECRET_KEY: 'not the secret' };
    const error: unknown = await startServer({ executor: 'simulated', args: ['--objects', 's3'], env }).catch(
      (reason: unknown) => reason,
    );
    expect(String(error)).toMatch(/The object store at http.* cannot be opened: /);
    expect(String(error)).not.toContain('not the secret');
  });
});

const oss = (dataDir: string, verb: string, ...more: string[]): Promise<RunResult> =>
  run(process.execPath, [REBATCH, 'oss', verb, '--data', dataDir, '--objects', 's3', ...more], {
    env: { ...process.env, ...environment() },
  });

describe('rebatch oss --objects s3', () => {
  test('check finds what was damaged in the bucket and what nothing points to; gc clears that away', async () => {
    const dataDir = await temporaryFolder();
    const store = await open(join(dataDir, 'objects-s3'), { bucket: 'rebatch' });
    await store.createBucket('bucket', '1001');
    for (const key of ['damaged', 'gone', 'whole', 'stray']) {
      await store.put('bucket', key, bodyOf(patternBytes(MIB, key.length)));
    }
    const nameOf = async (key: string): Promise<string> => {
      const url = await store.directUrl('bucket', key, { seconds: 60, headers: {} });
      return new URL(url ?? '').pathname.replace('/rebatch/', '');
    };
    const [damaged, gone, stray] = [await nameOf('damaged'), await nameOf('gone'), await nameOf('stray')];
    await store.delete('bucket', 'stray');
    await store.close();
    const { hostname, port } = new URL(minio.endpoint);
    const { accessKey, secretKey } = minio;
    const client = new Client({
      endPoint: hostname,
      port: Number(port),
      useSSL: false,
      accessKey,
      secretKey,
    });
    await client.putObject('rebatch', damaged, patternBytes(MIB, 9));
    await client.removeObject('rebatch', gone);
    // As a crash between upload and row leaves it.
    await client.putObject('rebatch', stray, patternBytes(1000));

    const found = await oss(dataDir, 'check');
    expect(found.code).toBe(1);
    expect(found.stdout).toMatch(/damaged {2}oss:\/\/bucket\/damaged: CRC-64 \d+ instead of \d+/);
    expect(found.stdout).toMatch(/damaged {2}oss:\/\/bucket\/gone: cannot be read/);
    expect(found.stdout).toMatch(
      /3 objects read \(3\.0 MB\), 2 damaged; 1 S3 objects without an object \(1\.0 KB\)/,
    );
    expect((await oss(dataDir, 'gc')).stdout).toBe('1 S3 objects removed (1.0 KB)\n');
    expect(JSON.parse((await oss(dataDir, 'check', '--json')).stdout)).toMatchObject({
      objects: 3,
      orphans: 0,
    });
  });
});
