import type { Region } from '../layout/regions.ts';
import type { Bind } from './sandboxes.ts';

/** How a region comes into a sandbox. */
export function bindOf({ host, target, place }: Region): Bind {
  const bind = { source: host, target };
  return place?.writable === false ? { ...bind, readOnly: true } : bind;
}
