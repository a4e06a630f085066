import { eachInParallel, type OssClient } from '@rebatch/client';

/** Deletes every object below a prefix. */
export async function removePrefix(oss: OssClient, bucket: string, prefix: string): Promise<void> {
  await eachInParallel(oss.list(bucket, { prefix }), 8, async ({ key }) => oss.delete(bucket, key));
}
