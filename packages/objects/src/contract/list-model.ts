import type { ListOptions } from '../types.ts';

export interface ListedNames {
  keys: string[];
  commonPrefixes: string[];
  next?: string;
}

/** A listing as one would write it down without thought for speed: the law that stores are held to. */
export function listModel(keys: readonly string[], options: ListOptions): ListedNames {
  const { prefix = '', delimiter = '', after = '', limit = 1000 } = options;
  const rolled = keys
    .filter((key) => key.startsWith(prefix) && byBytes(key, after) > 0)
    .map((key) => {
      const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      return at < 0 ? { key, folder: false } : { key: key.slice(0, at + delimiter.length), folder: true };
    })
    .filter((entry) => !(entry.folder && entry.key === after))
    .toSorted((a, b) => byBytes(a.key, b.key));
  const entries = rolled.filter((entry, index) => entry.key !== rolled[index - 1]?.key);
  const shown = entries.slice(0, limit);
  const last = shown.at(-1);
  return {
    keys: shown.filter(({ folder }) => !folder).map(({ key }) => key),
    commonPrefixes: shown.filter(({ folder }) => folder).map(({ key }) => key),
    ...(entries.length > limit && last !== undefined && { next: last.key }),
  };
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
