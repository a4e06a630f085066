import { followObject, type OssClient } from '@rebatch/client';
import { LOG_PART_BYTES, logPartKey, parseOssUrl } from '@rebatch/model';

/**
 * The bytes of the log at `url` from its beginning, through all its objects, until `ended` and everything is read.
 * @returns how many bytes it had
 * @throws what `followObject` throws
 */
export async function* followLog(
  oss: OssClient,
  url: string,
  ended: () => boolean,
  signal: AbortSignal,
): AsyncGenerator<Buffer, number, undefined> {
  const { bucket, key } = parseOssUrl(url);
  for (let part = 0; ; part += 1) {
    const object = { bucket, key: logPartKey(key, part) };
    const bytes = yield* followObject(oss, object, { ended, end: LOG_PART_BYTES, signal });
    if (bytes < LOG_PART_BYTES) return part * LOG_PART_BYTES + bytes;
  }
}
