import { spawn } from 'node:child_process';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ObjectStore } from '@rebatch/objects';
import pMap from 'p-map';
import { AttemptFailure } from '../attempt-failure.ts';
import { failureOf } from '../failure-of.ts';
import { formatOssUrl } from '../oss-url.ts';
import type { Upload } from './collect-uploads.ts';
import { openRegularFile } from './open-regular-file.ts';

const PARALLEL_UPLOADS = 4;
const CHUNK = 256 * 1024;

/**
 * Uploads files side by side; each object appears whole or not at all. Files that are gone are passed over.
 * @throws AttemptFailure naming the object
 */
export async function uploadFiles(
  uploads: Upload[],
  objects: ObjectStore,
  signal?: AbortSignal,
): Promise<void> {
  const options = { concurrency: PARALLEL_UPLOADS, ...(signal === undefined ? {} : { signal }) };
  await pMap(uploads, (upload) => uploadFile(upload, objects), options);
}

async function uploadFile({ host, isMounted, to }: Upload, objects: ObjectStore): Promise<void> {
  const file = await openRegularFile(host);
  if (file === undefined) return;
  const body = isMounted
    ? readElsewhere(file.handle)
    : file.handle.createReadStream({ highWaterMark: CHUNK });
  try {
    await objects.put(to.bucket, to.key, body, { contentLength: file.size });
  } catch (error) {
    const { code, message } = failureOf(error);
    throw new AttemptFailure(code, `${formatOssUrl(to)} could not be stored: ${message}`, { cause: error });
  } finally {
    body.destroy();
    if (isMounted) await file.handle.close();
  }
}

/**
 * Reads in a process of its own. A read of a mounted object waits for this process to give its bytes; were all its
 * threads waiting so, none would be left to read them.
 */
function readElsewhere({ fd }: FileHandle): Readable {
  const child = spawn('cat', [], { stdio: [fd, 'pipe', 'ignore'] });
  const { stdout } = child;
  if (stdout === null) throw new Error('a piped output is missing');
  child.once('error', (error) => stdout.destroy(error));
  return stdout;
}
