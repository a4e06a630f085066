import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Region } from './layout/regions.ts';
import { STDERR_FILE } from './sandbox/program-script.ts';

/**
 * Says at the head of the attempt's stderr that inputs were copied where they should have been mounted, and why: whoever
 * wonders how long the start took, or where the disk went, looks there (architecture.md §4).
 */
export async function tellOfCopies(regions: readonly Region[], logsFolder: string): Promise<void> {
  const reasons = new Set(regions.flatMap(({ mounted }) => mounted?.copiedSince ?? []));
  const lines = Array.from(
    reasons,
    (reason) => `rebatch: inputs were copied before the program, since ${reason}\n`,
  );
  if (lines.length > 0) await appendFile(join(logsFolder, STDERR_FILE), lines.join(''));
}
