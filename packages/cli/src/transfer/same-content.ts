import { stat } from 'node:fs/promises';
import { crc64OfFile, type OssClient } from '@rebatch/client';

/** True when the local file and the object exist and have the same bytes, told by size and CRC-64. */
export async function sameContent(
  oss: OssClient,
  path: string,
  bucket: string,
  key: string,
): Promise<boolean> {
  const size = await sizeOf(path);
  if (size === undefined) return false;
  const object = await oss.find(bucket, key);
  if (object === undefined || object.size !== size || object.crc64 === '') return false;
  return object.crc64 === (await crc64OfFile(path));
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}
