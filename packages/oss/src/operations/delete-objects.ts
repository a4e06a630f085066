import { checkKey } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { requireAccess } from '../gateway/access.ts';
import { requireObjectGrant } from '../gateway/grants.ts';
import { malformedXml } from '../gateway/oss-errors.ts';
import { nameEncoding } from '../wire/name-encoding.ts';
import { readBody } from '../wire/read-body.ts';
import { readXml } from '../xml/read-xml.ts';
import { type XmlPair, writeXml } from '../xml/write-xml.ts';

const MAX_KEYS = 1000;
const BODY_LIMIT = 2 * 1024 * 1024;

/**
 * DeleteMultipleObjects. The keys come as plain XML even when `encoding-type=url` is asked for, which is about the
 * answer; Java asks for it in a header (spec/oss.md §1.1). Quiet: an empty answer.
 */
export async function deleteObjects({
  request,
  store,
  bucket,
  bucketInfo,
  account,
}: OssCall): Promise<OssReply> {
  const root = readXml(await readBody(request, BODY_LIMIT), 'Delete');
  const keys = root.children('Object').map((object) => object.text('Key') ?? '');
  if (keys.length === 0 || keys.length > MAX_KEYS || keys.includes('')) {
    throw malformedXml();
  }
  for (const key of keys) {
    checkKey(key);
    requireObjectGrant(account, bucket, key, 'write');
  }
  if (account?.owner !== bucketInfo?.owner) {
    // An object's own ACL, or a policy, may say otherwise than the bucket's did.
    await Promise.all(keys.map((key) => requireAccess(store, account, { bucket, key }, 'delete')));
  }
  const { type, encode } = nameEncoding(
    request.params.get('encoding-type') ?? request.header('encoding-type'),
  );
  await Promise.all(keys.map((key) => store.delete(bucket, key)));
  if (root.text('Quiet')?.trim() === 'true') {
    return { status: 200 };
  }
  const deleted = keys.map((key): XmlPair => ['Deleted', [['Key', encode(key)]]]);
  return { status: 200, body: writeXml('DeleteResult', [['EncodingType', type], ...deleted]) };
}
