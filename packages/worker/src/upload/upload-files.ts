import type { ObjectStore } from '@rebatch/objects';
import pMap from 'p-map';
import { AttemptFailure } from '../attempt-failure.ts';
import { failureOf } from '../failure-of.ts';
import { formatOssUrl } from '../oss-url.ts';
import type { Upload } from './collect-uploads.ts';
import { openRegularFile } from './open-regular-file.ts';

const PARALLEL_UPLOADS = 4;

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

async function uploadFile({ host, to }: Upload, objects: ObjectStore): Promise<void> {
  const file = await openRegularFile(host);
  if (file === undefined) return;
  const body = file.handle.createReadStream({ highWaterMark: 256 * 1024 });
  try {
    await objects.put(to.bucket, to.key, body, { contentLength: file.size });
  } catch (error) {
    const { code, message } = failureOf(error);
    throw new AttemptFailure(code, `${formatOssUrl(to)} could not be stored: ${message}`, { cause: error });
  } finally {
    body.destroy();
  }
}
