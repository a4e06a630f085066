import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { writeXml } from '../xml/write-xml.ts';

/** GET ?versioning: an empty document says that it was never switched on, which is all there is to say here. */
export async function getBucketVersioning(_call: OssCall): Promise<OssReply> {
  return { status: 200, body: writeXml('VersioningConfiguration', '') };
}
