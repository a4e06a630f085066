import { buffer } from 'node:stream/consumers';
import type { OssClient } from '@rebatch/client';

/** The whole object as text. */
export async function readObject(objects: OssClient, bucket: string, key: string): Promise<string> {
  return (await buffer((await objects.get(bucket, key)).body)).toString();
}
