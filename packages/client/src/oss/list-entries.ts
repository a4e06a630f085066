import { byName, nameDecoder, prefixEntries } from './list-names.ts';
import type { OssSession } from './oss-session.ts';
import { unquote } from './remote-object.ts';
import type { ListEntry } from './types.ts';
import { elements, parseXml, textOf } from './xml.ts';

/** ListObjects v1, which every OSS-like store has (spec/oss.md §1.7). */
export async function* listEntries(
  session: OssSession,
  bucket: string,
  options: { prefix?: string; delimiter?: string },
): AsyncGenerator<ListEntry, void, undefined> {
  for (let marker = ''; ; ) {
    const query: Record<string, string> = { 'max-keys': '1000', 'encoding-type': 'url', ...options };
    if (marker !== '') query.marker = marker;
    const reply = await session.call({ method: 'GET', bucket, query, repeatable: true });
    const page = parseXml(reply.text, 'ListBucketResult');
    const decode = nameDecoder(page);
    const entries: ListEntry[] = [
      ...elements(page, 'Contents').map((content) => ({
        kind: 'object' as const,
        key: decode(textOf(content, 'Key')),
        size: Number(textOf(content, 'Size')),
        etag: unquote(textOf(content, 'ETag')),
        lastModified: Date.parse(textOf(content, 'LastModified')) || 0,
      })),
      ...prefixEntries(page, decode),
    ];
    yield* entries.toSorted(byName);
    if (textOf(page, 'IsTruncated') !== 'true') return;
    const next = decode(textOf(page, 'NextMarker'));
    if (next === '' || next === marker) return;
    marker = next;
  }
}
