import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { type HostMounter, openHostMounter } from '@rebatch/mount';
import { type ObjectStore, openS3Store } from '@rebatch/objects';
import { bodyOf, patternBytes } from '@rebatch/objects/contract';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type StartedMinio, startMinio } from '../support/minio.ts';
import { run, runOk } from '../support/run.ts';
import { until } from '../support/until.ts';

const MIB = 1024 * 1024;
const parts = [patternBytes(5 * MIB, 1), patternBytes(9 * MIB, 2)];
const whole = Buffer.concat(parts);

let minio: StartedMinio;
let store: ObjectStore;
let mounter: HostMounter;
let dataFolder: string;
let warnings: string[];
let stores = 0;
beforeAll(async () => {
  minio = await startMinio();
  // The first time MinIO is compiled.
}, 1_200_000);
afterAll(() => minio.stop());
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'rebatch-e2e-s3-mounts-'));
  const dir = join(dataFolder, 'objects-s3');
  await mkdir(dir);
  stores += 1;
  store = await openS3Store({ ...minio, bucket: `bytes-${stores}`, dir, clock: systemClock });
  warnings = [];
  const warn = (line: string): unknown => warnings.push(line);
  mounter = await openHostMounter({ objects: store, clock: systemClock, dataFolder, mode: 'fuse', warn });
  await store.createBucket('films', '1');
});
afterEach(async () => {
  await mounter.release(join(dataFolder, 'attempt'));
  await mounter.close();
  await store.close();
  // The mount daemon ends with it.
  await rm(dataFolder, { recursive: true });
});

async function putInParts(): Promise<void> {
  const { uploadId } = await store.startUpload('films', 'in/parts');
  for (const [index, part] of parts.entries()) {
    await store.putPart('films', 'in/parts', uploadId, index + 1, bodyOf(part));
  }
  await store.completeUpload('films', 'in/parts', uploadId, 'all');
}

const mount = async (): Promise<string> =>
  (
    await mounter.mount({
      bucket: 'films',
      key: 'in/',
      kind: 'folder',
      target: join(dataFolder, 'attempt'),
    })
  ).path;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test('a mount over S3 reads large objects from the S3 server itself, while this server is away, too', async () => {
  await putInParts();
  await store.put('films', 'in/whole', bodyOf(whole));
  const path = await mount();
  for (const name of ['parts', 'whole']) await runOk('head', ['-c', '1', join(path, name)]);
  await mounter.close();
  for (const name of ['parts', 'whole']) {
    expect((await runOk('sha256sum', [join(path, name)])).split(' ')[0]).toBe(sha256(whole));
  }
});

test('an object that was replaced while a mount over S3 shows it is an error, and never other bytes', async () => {
  await store.put('films', 'in/a', bodyOf(whole));
  const path = await mount();
  await runOk('head', ['-c', '1', join(path, 'a')]);
  const old = await store.directUrl('films', 'in/a', { seconds: 3600, headers: {} });
  await store.put('films', 'in/a', bodyOf(patternBytes(whole.length, 3)));
  await until('the old bytes to go', async () => {
    const answer = await fetch(old ?? '', { headers: { range: 'bytes=0-0' } });
    // MinIO removes nothing that somebody is still being sent.
    await answer.arrayBuffer();
    return answer.status === 404;
  });
  expect((await run('tail', ['-c', '1000', join(path, 'a')])).stderr).toContain('Input/output error');
  expect(warnings.join()).toContain('oss://films/in/a was changed or deleted');
});
