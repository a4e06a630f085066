import { decodeText, type QueryDecoding } from './decode-text.ts';

interface QueryPart {
  name: string;
  value: string;
  hadEquals: boolean;
}

/** How an empty value is written: `Marker`, as it came, or `Marker=`. */
type EmptyStyle = 'bare' | 'asReceived' | 'equals';

/**
 * Every form of path and query that a known client may have signed for this target, without repetition; the first is
 * the target as received. The dialects differ in order (sorted or as sent), in encoding (as sent, percent-decoded,
 * form-decoded) and in empty values (spec §3, clients.md §1.1 and §8.1a).
 */
export function canonicalResources(target: string): string[] {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? [] : parseQueryParts(target.slice(mark + 1));
  const resources = new Set([target]);
  for (const decoding of ['none', 'percent', 'form'] as const) {
    const parts = query.map((part) => decodePart(part, decoding));
    const paths = new Set([path, decodeText(path, decoding === 'none' ? 'none' : 'percent')]);
    for (const order of [sortedByName(parts), parts]) {
      for (const style of ['bare', 'asReceived', 'equals'] as const) {
        const text = order.map((part) => writePart(part, style)).join('&');
        for (const onePath of paths) resources.add(text === '' ? onePath : `${onePath}?${text}`);
      }
    }
  }
  return [...resources];
}

function parseQueryParts(query: string): QueryPart[] {
  return query
    .split('&')
    .filter((text) => text !== '')
    .map((text) => {
      const equals = text.indexOf('=');
      return equals < 0
        ? { name: text, value: '', hadEquals: false }
        : { name: text.slice(0, equals), value: text.slice(equals + 1), hadEquals: true };
    });
}

function decodePart(part: QueryPart, decoding: QueryDecoding): QueryPart {
  return { ...part, name: decodeText(part.name, decoding), value: decodeText(part.value, decoding) };
}

function sortedByName(parts: QueryPart[]): QueryPart[] {
  return parts.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function writePart({ name, value, hadEquals }: QueryPart, style: EmptyStyle): string {
  if (value !== '') return `${name}=${value}`;
  return style === 'equals' || (style === 'asReceived' && hadEquals) ? `${name}=` : name;
}
