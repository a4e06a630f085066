import { open, rename, rm } from 'node:fs/promises';
import { formatOssUrl, type OssUrl } from '@rebatch/model';
import { type RetryPolicy, withRetries } from '../http/retry.ts';
import { assertChecksum } from './checksum.ts';
import { startCrc64 } from './crc64.ts';
import { type DownloadOptions, ObjectReplacedError, type ObjectReader } from './download-types.ts';
import { isPassing } from './is-passing.ts';
import { ownPartialPath } from './partial-path.ts';
import type { RemoteObject } from './types.ts';

/** Downloads one object by one request, and by more of them only when the connection breaks. */
export async function downloadWhole(
  reader: ObjectReader,
  policy: RetryPolicy,
  source: OssUrl,
  path: string,
  options: DownloadOptions,
): Promise<RemoteObject> {
  const partial = ownPartialPath(path);
  const crc = await startCrc64();
  const file = await open(partial, 'wx');
  let received = 0;
  let etag: string | undefined;
  const attempt = async () => {
    const range = received === 0 ? undefined : { start: received };
    const { body, ...object } = await reader.get(source.bucket, source.key, range, options);
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
