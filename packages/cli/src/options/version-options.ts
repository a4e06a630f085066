import { UsageError } from '../cli-error.ts';
import type { OptionSpecs } from './option-spec.ts';

/** Names are those of ossutil, which users of versioned buckets know (docs/object-store.md, Versions). */
export const VERSION_ID_OPTION = {
  'version-id': { value: 'ID', help: 'this version of it, as "rebatch ls --all-versions" shows them' },
} as const satisfies OptionSpecs;

export const ALL_VERSIONS_OPTION = {
  'all-versions': { help: 'old versions and delete markers, too' },
} as const satisfies OptionSpecs;

/** @throws UsageError when a version is named together with what it cannot be the version of */
export function refuseWithVersion(versionId: string | undefined, isWrong: boolean, what: string): void {
  if (versionId !== undefined && isWrong) throw new UsageError(`--version-id is about one object: ${what}`);
}
