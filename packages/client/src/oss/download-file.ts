import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type RetryPolicy, withRetries } from '../http/retry.ts';
import { assertChecksum } from './checksum.ts';
import { startCrc64 } from './crc64.ts';
import { isPassing } from './is-passing.ts';
import { formatOssUrl, type OssUrl } from '@rebatch/model';
import type { OnBytes, RemoteBody, RemoteObject, WantedRange } from './types.ts';

export interface DownloadOptions {
  onBytes?: OnBytes;
  signal?: AbortSignal;
}

/** The one thing of the client that a download needs. */
export interface ObjectReader {
  get(bucket: string, key: string, range?: WantedRange, signal?: AbortSignal): Promise<RemoteBody>;
}

/**
 * Downloads one object. Bytes go to `<path>.rebatch-part` and get their name when whole and checked, so that a file
 * under its name is always a complete one. A broken connection is gone on with where it broke.
 * @throws ObjectReplacedError, OssError, ConnectionError, ChecksumError; the file system's error
 */
export async function downloadFile(
  reader: ObjectReader,
  policy: RetryPolicy,
  source: OssUrl,
  path: string,
  options: DownloadOptions,
): Promise<RemoteObject> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.rebatch-part`;
  const crc = await startCrc64();
  const file = await open(partial, 'w');
  let received = 0;
  let etag: string | undefined;
  const attempt = async () => {
    const range = received === 0 ? undefined : { start: received };
    const { body, ...object } = await reader.get(source.bucket, source.key, range, options.signal);
    etag ??= object.etag;
    if (object.etag !== etag) {
      body.destroy();
      throw new ObjectReplacedError(formatOssUrl(source));
    }
    for await (const chunk of body) {
      // Only bytes that are in the file count: the next try starts behind them.
      await file.writev([chunk], received);
      crc.update(chunk);
      received += chunk.length;
      options.onBytes?.(chunk.length);
    }
    return object;
  };
  try {
    const object = await withRetries(policy, isPassing, attempt, options.signal);
    assertChecksum(formatOssUrl(source), object.crc64, crc.decimal());
    await file.close();
    await rename(partial, path);
    return object;
  } catch (error) {
    await file.close();
    await rm(partial, { force: true });
    throw error;
  }
}

/** Thrown when an object was replaced while it was being downloaded in pieces. */
export class ObjectReplacedError extends Error {
  constructor(url: string) {
    super(`${url} was replaced while it was being downloaded: download it again`);
    this.name = 'ObjectReplacedError';
  }
}
