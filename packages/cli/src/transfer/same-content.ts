import { stat } from 'node:fs/promises';
import { type CopySource, crc64OfFile, type OssClient } from '@rebatch/client';
import type { OssUrl } from '@rebatch/model';

/** True when the local file and the object exist and have the same bytes, told by size and CRC-64. */
export async function sameContent(
  oss: OssClient,
  path: string,
  bucket: string,
  key: string,
  versionId?: string,
): Promise<boolean> {
  const size = await sizeOf(path);
  if (size === undefined) return false;
  const object = await oss.find(bucket, key, versionId);
  if (object === undefined || object.size !== size || object.crc64 === '') return false;
  return object.crc64 === (await crc64OfFile(path));
}

/** True when both objects exist and have the same bytes, told by size and CRC-64. */
export async function sameObjects(oss: OssClient, source: CopySource, target: OssUrl): Promise<boolean> {
  const there = await oss.find(target.bucket, target.key);
  if (there === undefined || there.crc64 === '') return false;
  const { size, crc64 } = await oss.head(source.bucket, source.key, source.versionId);
  return there.size === size && there.crc64 === crc64;
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}
