import { posix } from 'node:path';
import type { Mounted } from '@rebatch/mount';
import { isBelow } from './destination.ts';

/** A part of the sandbox's file tree that lives in a file or folder of this host. */
export interface Region {
  /** Absolute path inside the sandbox. */
  target: string;
  /** Path on this host. */
  host: string;
  /** Present for inputs: what tells the program's changes from the objects' content. */
  mounted?: Mounted;
  /** Present for what lies on a file server: others may change it at any moment. */
  place?: { writable: boolean };
}

/** Where `path` of the sandbox lies on this host: in the innermost region around it. Undefined: in the image. */
export function locate(
  regions: readonly Region[],
  path: string,
): { region: Region; host: string; relative: string } | undefined {
  let innermost: Region | undefined;
  for (const region of regions) {
    const holds = path === region.target || isBelow(path, region.target);
    if (holds && region.target.length >= (innermost?.target.length ?? 0)) innermost = region;
  }
  if (innermost === undefined) return undefined;
  const relative = posix.relative(innermost.target, path);
  return {
    region: innermost,
    host: relative === '' ? innermost.host : `${innermost.host}/${relative}`,
    relative,
  };
}
