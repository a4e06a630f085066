import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { versionHeaders } from './version.ts';

/** Changes one attribute (undefined: takes it away) of the object, or of the version that was named, and says of which. */
export async function setAttribute(
  call: OssCall,
  name: string,
  value: string | undefined,
  status: number,
): Promise<OssReply> {
  const { store, bucket, key, versionId } = call;
  const about = versionId === undefined ? {} : { versionId };
  const info = await store.setAttributes(bucket, key, { [name]: value }, about);
  return { status, headers: versionHeaders(call, info) };
}
