import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { writeXml } from '../xml/write-xml.ts';

/** GET ?versioning: an empty document says that it was never switched on. */
export async function getBucketVersioning({ store, bucket }: OssCall): Promise<OssReply> {
  const { versioning } = await store.getBucket(bucket);
  return { status: 200, body: writeXml('VersioningConfiguration', [['Status', versioning]]) };
}
