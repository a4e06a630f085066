import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@rebatch/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openS3Store } from './open-s3-store.ts';

// What an S3 server does with the bytes is tested in e2e, against MinIO.

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rebatch-s3-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

const open = (endpoint: string) =>
  openS3Store({
    endpoint,
    accessKey: 'key',
    secretKey: 'very secret',
    bucket: 'bytes',
    dir,
    clock: systemClock,
  });

/** An S3 server that refuses every request, on a free port. */
async function startRefusing(): Promise<{ url: string; close: () => void }> {
  const server = createServer((_request, response) => {
    response.writeHead(403, { 'Content-Type': 'application/xml' });
    response.end('<Error><Code>SignatureDoesNotMatch</Code><Message>No such signature</Message></Error>');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}

test('a server that is not there is named, and the folder can be used again', async () => {
  // A port that nobody is given by chance.
  const nobody = 'http://127.0.0.1:1';
  const refused = {
    name: 'S3StoreOpenError',
    message: `The object store at ${nobody} cannot be opened: nothing listens there`,
  };
  await expect(open(nobody)).rejects.toMatchObject(refused);
  await expect(open(nobody)).rejects.toMatchObject(refused);
});

test('a server that refuses the keys is named without them', async () => {
  const server = await startRefusing();
  const error: unknown = await open(server.url).catch((reason: unknown) => reason);
  server.close();
  expect(error).toMatchObject({ name: 'S3StoreOpenError', endpoint: server.url });
  expect(String(error)).not.toContain('very secret');
});

test('an endpoint that is no URL is refused', async () => {
  await expect(open('minio:9000x')).rejects.toMatchObject({ name: 'S3StoreOpenError' });
});
