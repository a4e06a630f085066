import type { WireObject } from '../batchcompute/wire-value.ts';
import { byName, nameDecoder, prefixEntries } from './list-names.ts';
import type { OssSession } from './oss-session.ts';
import { unquote } from './remote-object.ts';
import type { VersionEntry } from './types.ts';
import { parseXml, parseXmlInOrder, textOf } from './xml.ts';

/**
 * Every version and delete marker (docs/object-store.md, Versions): by key, then from new to old, page after page. In a bucket that
 * never kept versions each object is the version `null`.
 */
export async function* listVersions(
  session: OssSession,
  bucket: string,
  options: { prefix?: string; delimiter?: string },
): AsyncGenerator<VersionEntry, void, undefined> {
  for (let after = { key: '', versionId: '' }; ; ) {
    const query: Record<string, string> = {
      versions: '',
      'max-keys': '1000',
      'encoding-type': 'url',
      ...options,
      ...(after.key === '' ? {} : { 'key-marker': after.key }),
      ...(after.versionId === '' ? {} : { 'version-id-marker': after.versionId }),
    };
    const reply = await session.call({ method: 'GET', bucket, query, repeatable: true });
    const page = parseXml(reply.text, 'ListVersionsResult');
    const decode = nameDecoder(page);
    const entries: VersionEntry[] = [
      ...parseXmlInOrder(reply.text, 'ListVersionsResult').flatMap(({ name, element }) =>
        name === 'Version' || name === 'DeleteMarker' ? [versionEntry(name, element, decode)] : [],
      ),
      ...prefixEntries(page, decode),
    ];
    // Sorting is stable: the versions of a key stay in the store's order.
    yield* entries.toSorted(byName);
    if (textOf(page, 'IsTruncated') !== 'true') return;
    const next = {
      key: decode(textOf(page, 'NextKeyMarker')),
      versionId: textOf(page, 'NextVersionIdMarker'),
    };
    if (next.key === '' || (next.key === after.key && next.versionId === after.versionId)) return;
    after = next;
  }
}

function versionEntry(
  name: 'Version' | 'DeleteMarker',
  element: WireObject,
  decode: (name: string) => string,
): VersionEntry {
  const common = {
    key: decode(textOf(element, 'Key')),
    versionId: textOf(element, 'VersionId'),
    isLatest: textOf(element, 'IsLatest') === 'true',
    lastModified: Date.parse(textOf(element, 'LastModified')) || 0,
  };
  if (name === 'DeleteMarker') return { kind: 'marker', ...common };
  const size = Number(textOf(element, 'Size'));
  return { kind: 'version', ...common, size, etag: unquote(textOf(element, 'ETag')) };
}
