import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { malformedXml } from '../gateway/oss-errors.ts';
import { readBody } from '../wire/read-body.ts';
import { readXml } from '../xml/read-xml.ts';

const BODY_LIMIT = 64 * 1024;

/** PUT ?versioning: `Enabled` or `Suspended`. There is no way back to a bucket that never kept versions. */
export async function putBucketVersioning({ request, store, bucket }: OssCall): Promise<OssReply> {
  const status = readXml(await readBody(request, BODY_LIMIT), 'VersioningConfiguration')
    .text('Status')
    ?.trim();
  if (status !== 'Enabled' && status !== 'Suspended') {
    throw malformedXml();
  }
  await store.setVersioning(bucket, status);
  return { status: 200 };
}
