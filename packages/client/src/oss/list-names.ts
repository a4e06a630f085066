import type { WireObject } from '../batchcompute/wire-value.ts';
import { elements, textOf } from './xml.ts';

/** Reads the names of a listing, which are URL-encoded when it says so: any character is safe then (spec/oss.md §1.7). */
export function nameDecoder(page: WireObject): (name: string) => string {
  return textOf(page, 'EncodingType') === 'url' ? decodeName : (name) => name;
}

/** The "folders" of a listing with a delimiter. */
export function prefixEntries(
  page: WireObject,
  decode: (name: string) => string,
): { kind: 'prefix'; key: string }[] {
  return elements(page, 'CommonPrefixes').map((folder) => ({
    kind: 'prefix',
    key: decode(textOf(folder, 'Prefix')),
  }));
}

/** The order of a store: by the bytes of the name. */
export function byName(a: { key: string }, b: { key: string }): number {
  return Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));
}

/** Some servers encode a blank as `+`, others as `%20`. */
function decodeName(name: string): string {
  return decodeURIComponent(name.replaceAll('+', ' '));
}
