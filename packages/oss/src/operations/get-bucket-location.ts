import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { writeXml } from '../xml/write-xml.ts';

export async function getBucketLocation({ location }: OssCall): Promise<OssReply> {
  return { status: 200, body: writeXml('LocationConstraint', location) };
}
