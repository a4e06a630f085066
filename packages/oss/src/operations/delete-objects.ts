import { checkKey, type Deletion } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { requireAccess } from '../gateway/access.ts';
import { requireObjectGrant, requireVersionGrant } from '../gateway/grants.ts';
import { malformedXml } from '../gateway/oss-errors.ts';
import { nameEncoding } from '../wire/name-encoding.ts';
import { readBody } from '../wire/read-body.ts';
import { readVersionId } from '../wire/version.ts';
import { readXml, type XmlElement } from '../xml/read-xml.ts';
import { type XmlPair, writeXml } from '../xml/write-xml.ts';

const MAX_KEYS = 1000;
const BODY_LIMIT = 2 * 1024 * 1024;

interface Doomed {
  key: string;
  versionId: string | undefined;
}

/**
 * DeleteMultipleObjects. The keys come as plain XML even when `encoding-type=url` is asked for, which is about the
 * answer; Java asks for it in a header (spec/oss.md §1.1). Quiet: an empty answer.
 */
export async function deleteObjects(call: OssCall): Promise<OssReply> {
  const { request, store, bucket } = call;
  const root = readXml(await readBody(request, BODY_LIMIT), 'Delete');
  const doomed = root.children('Object').map(readDoomed);
  if (doomed.length === 0 || doomed.length > MAX_KEYS || doomed.some(({ key }) => key === '')) {
    throw malformedXml();
  }
  await requireRights(call, doomed);
  const { type, encode } = nameEncoding(
    request.params.get('encoding-type') ?? request.header('encoding-type'),
  );
  const deletions = await Promise.all(
    doomed.map(({ key, versionId }) =>
      store.delete(bucket, key, versionId === undefined ? {} : { versionId }),
    ),
  );
  if (root.text('Quiet')?.trim() === 'true') {
    return { status: 200 };
  }
  const deleted = doomed.map(
    ({ key, versionId }, index): XmlPair => [
      'Deleted',
      [['Key', encode(key)], ['VersionId', versionId], ...markerElements(deletions[index])],
    ],
  );
  return { status: 200, body: writeXml('DeleteResult', [['EncodingType', type], ...deleted]) };
}

function readDoomed(object: XmlElement): Doomed {
  const id = object.text('VersionId')?.trim() ?? '';
  return {
    key: object.text('Key') ?? '',
    versionId: id === '' ? undefined : readVersionId(new Map([['VersionId', id]]), 'VersionId'),
  };
}

/** Who may empty the bucket so; an object's own ACL, or a policy, may say otherwise than the bucket's did. */
async function requireRights(
  { store, account, bucket, bucketInfo }: OssCall,
  doomed: Doomed[],
): Promise<void> {
  for (const { key, versionId } of doomed) {
    checkKey(key);
    requireObjectGrant(account, bucket, key, 'write');
    if (versionId !== undefined) {
      requireVersionGrant(account);
    }
  }
  if (account?.owner !== bucketInfo?.owner) {
    await Promise.all(
      doomed.map(({ key, versionId }) => requireAccess(store, account, { bucket, key, versionId }, 'delete')),
    );
  }
}

/** The delete marker that was made, or the one that is gone. */
function markerElements(deletion: Deletion | undefined): XmlPair[] {
  return deletion?.isMarker === true
    ? [
        ['DeleteMarker', true],
        ['DeleteMarkerVersionId', deletion.versionId],
      ]
    : [];
}
