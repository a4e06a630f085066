import type { NodeMetadata } from '../nodes/node-container.ts';

const ROOTS = { '/latest/meta-data': 'meta', '/latest/user-data': 'user' } as const;

/**
 * What a machine is told for a path: `/latest/user-data` gives all of UserData as JSON and `/latest/user-data/KEY` one value;
 * `/latest/meta-data/` lists what there is. A key of UserData is found below meta-data, too, as keys with `/` in them mean to
 * be paths there (spec/batchcompute-api.md §9.1). Undefined: there is no such thing.
 */
export function metadataAnswer({ meta, userData }: NodeMetadata, path: string): string | undefined {
  for (const [root, kind] of Object.entries(ROOTS)) {
    if (path !== root && !path.startsWith(`${root}/`)) continue;
    const key = path.slice(root.length + 1);
    if (key === '') return kind === 'user' ? JSON.stringify(userData) : listing({ ...meta, ...userData });
    if (kind === 'meta' && Object.hasOwn(meta, key)) return meta[key];
    return Object.hasOwn(userData, key) ? userData[key] : undefined;
  }
  return undefined;
}

function listing(values: Record<string, string>): string {
  return Object.keys(values).toSorted().join('\n');
}
