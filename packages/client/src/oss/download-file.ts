import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { OssUrl } from '@rebatch/model';
import type { RetryPolicy } from '../http/retry.ts';
import { downloadPieces } from './download-pieces.ts';
import type { DownloadOptions, ObjectDownloader } from './download-types.ts';
import { downloadWhole } from './download-whole.ts';
import { ChecksumError } from './oss-error.ts';
import type { RemoteObject } from './types.ts';

const PIECE = 8 * 1024 * 1024;

/**
 * Downloads one object. Bytes go to a `*.rebatch-part` beside `path` and get their name when whole and checked, so that
 * a file under its name is always a complete one. A broken connection is gone on with where it broke; a large object
 * also after the program was killed.
 * @throws ObjectReplacedError, OssError, ConnectionError, ChecksumError; the file system's error
 */
export async function downloadFile(
  reader: ObjectDownloader,
  policy: RetryPolicy,
  source: OssUrl,
  path: string,
  options: DownloadOptions,
): Promise<RemoteObject> {
  await mkdir(dirname(path), { recursive: true });
  const pieceSize = options.pieceSize ?? PIECE;
  if ((options.size ?? 0) > pieceSize) {
    const object = await reader.head(source.bucket, source.key, options.versionId);
    if (object.size > pieceSize) {
      const pieces = { ...options, pieceSize };
      try {
        return await downloadPieces(reader, policy, source, object, path, pieces);
      } catch (error) {
        // After a power cut the beginning that was gone on with may not be what was written: once more, without it.
        if (!(error instanceof ChecksumError)) throw error;
        return downloadPieces(reader, policy, source, object, path, pieces);
      }
    }
  }
  return downloadWhole(reader, policy, source, path, options);
}
