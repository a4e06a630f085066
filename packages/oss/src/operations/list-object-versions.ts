import type { VersionInfo } from '@rebatch/objects';
import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { invalidArgument } from '../gateway/oss-errors.ts';
import { ownerElement } from '../wire/bucket-elements.ts';
import { isoTime } from '../wire/format-time.ts';
import { commonPrefixElements, describingElements } from '../wire/list-elements.ts';
import { nameEncoding } from '../wire/name-encoding.ts';
import { pageSize } from '../wire/page-size.ts';
import { readVersionId } from '../wire/version.ts';
import { type XmlPair, writeXml } from '../xml/write-xml.ts';

const VERSION_MARKER = 'version-id-marker';

/** Bytes that a prefix, a delimiter or a marker may have. */
const MAX_NAME_BYTES = 1023;

/** GET ?versions (GetBucketVersions): every version and delete marker, by key, then from new to old. */
export async function listObjectVersions({ request, store, bucket, bucketInfo }: OssCall): Promise<OssReply> {
  const { params } = request;
  const prefix = nameOf(params, 'prefix');
  const delimiter = nameOf(params, 'delimiter');
  const key = nameOf(params, 'key-marker');
  const versionId = params.get(VERSION_MARKER) === '' ? undefined : readVersionId(params, VERSION_MARKER);
  if (versionId !== undefined && key === '') {
    throw invalidArgument(
      'A version-id marker cannot be specified without a key marker.',
      VERSION_MARKER,
      versionId,
    );
  }
  const limit = pageSize(params, 'max-keys', 100, 1000);
  const { type, encode } = nameEncoding(params.get('encoding-type'));
  const after = { key, ...(versionId !== undefined && { versionId }) };
  const page = await store.listVersions(bucket, { prefix, delimiter, after, limit });
  const owner = ownerElement(bucketInfo?.owner ?? '');
  return {
    status: 200,
    body: writeXml('ListVersionsResult', [
      ['Name', bucket],
      ['Prefix', encode(prefix)],
      ['KeyMarker', encode(key)],
      ['VersionIdMarker', versionId ?? ''],
      ['MaxKeys', limit],
      ['Delimiter', encode(delimiter)],
      ['EncodingType', type],
      ['IsTruncated', page.next !== undefined],
      ['NextKeyMarker', page.next === undefined ? undefined : encode(page.next.key)],
      ['NextVersionIdMarker', page.next === undefined ? undefined : (page.next.versionId ?? '')],
      ...page.versions.map((version) => versionElement(version, encode, owner)),
      ...commonPrefixElements(page, encode),
    ]),
  };
}

function nameOf(params: ReadonlyMap<string, string>, parameter: string): string {
  const name = params.get(parameter) ?? '';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw invalidArgument(`The ${parameter} may have ${MAX_NAME_BYTES} bytes.`, parameter, name);
  }
  return name;
}

function versionElement(version: VersionInfo, encode: (name: string) => string, owner: XmlPair): XmlPair {
  const { key, versionId, isLatest, lastModified, object } = version;
  return [
    object === undefined ? 'DeleteMarker' : 'Version',
    [
      ['Key', encode(key)],
      ['VersionId', versionId],
      ['IsLatest', isLatest],
      ['LastModified', isoTime(lastModified)],
      ...(object === undefined ? [] : describingElements(object)),
      owner,
    ],
  ];
}
