import { posix } from 'node:path';
import type { OptionSpecs } from '../options/option-spec.ts';
import type { Options } from '../options/options.ts';

export const FILTER_OPTIONS = {
  include: { value: 'GLOB', multiple: true, help: 'only names like this, such as "*.png" or "shot*/**"' },
  exclude: { value: 'GLOB', multiple: true, help: 'leave out names like this; wins over --include' },
} as const satisfies OptionSpecs;

/**
 * Tells whether a name below the folder or prefix is wanted. A glob without `/` looks at the last part of the name, so
 * that `*.png` finds pictures in every folder.
 */
export function nameFilter(options: Options): (name: string) => boolean {
  const include = options.texts('include');
  const exclude = options.texts('exclude');
  return (name) =>
    (include.length === 0 || include.some((glob) => matches(name, glob))) &&
    !exclude.some((glob) => matches(name, glob));
}

function matches(name: string, glob: string): boolean {
  return posix.matchesGlob(glob.includes('/') ? name : posix.basename(name), glob);
}
