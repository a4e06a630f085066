import type { Doomed } from '@rebatch/client';
import { formatOssUrl } from '@rebatch/model';
import type { Io } from '../io.ts';
import { printable } from '../terminal/printable.ts';

/** For `--dry-run`: says what would be deleted. */
export function tellDoomed(bucket: string, io: Io): (doomed: Doomed) => Promise<void> {
  return async ({ key, versionId }) => {
    const version = versionId === undefined ? '' : ` version ${versionId}`;
    await io.out(`would delete ${printable(formatOssUrl({ bucket, key }))}${version}\n`);
  };
}
