import type { OssSession } from './oss-session.ts';
import { unquote } from './remote-object.ts';
import type { ListEntry } from './types.ts';
import { elements, parseXml, textOf } from './xml.ts';

/** ListObjects v1, which every OSS-like store has (spec/oss.md §1.7); names come URL-encoded, so any character is safe. */
export async function* listEntries(
  session: OssSession,
  bucket: string,
  options: { prefix?: string; delimiter?: string },
): AsyncGenerator<ListEntry, void, undefined> {
  for (let marker = ''; ; ) {
    const query: Record<string, string> = { 'max-keys': '1000', 'encoding-type': 'url' };
    if (options.prefix !== undefined) query.prefix = options.prefix;
    if (options.delimiter !== undefined) query.delimiter = options.delimiter;
    if (marker !== '') query.marker = marker;
    const reply = await session.call({ method: 'GET', bucket, query, repeatable: true });
    const page = parseXml(reply.text, 'ListBucketResult');
    const decode = textOf(page, 'EncodingType') === 'url' ? decodeName : (name: string) => name;
    const entries: ListEntry[] = [
      ...elements(page, 'Contents').map((content) => ({
        kind: 'object' as const,
        key: decode(textOf(content, 'Key')),
        size: Number(textOf(content, 'Size')),
        etag: unquote(textOf(content, 'ETag')),
        lastModified: Date.parse(textOf(content, 'LastModified')) || 0,
      })),
      ...elements(page, 'CommonPrefixes').map((folder) => ({
        kind: 'prefix' as const,
        key: decode(textOf(folder, 'Prefix')),
      })),
    ];
    yield* entries.toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    if (textOf(page, 'IsTruncated') !== 'true') return;
    const next = decode(textOf(page, 'NextMarker'));
    if (next === '' || next === marker) return;
    marker = next;
  }
}

/** Some servers encode a blank as `+`, others as `%20`. */
function decodeName(name: string): string {
  return decodeURIComponent(name.replaceAll('+', ' '));
}
