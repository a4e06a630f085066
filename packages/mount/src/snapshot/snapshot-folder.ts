import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Snapshots live below this folder of the mounts' state, one folder each, named by number. */
export function snapshotsFolder(stateFolder: string): string {
  return join(stateFolder, 'snapshots');
}

/** Of all snapshots that there are, the newest first; none when the data folder is gone. */
export function snapshotNumbers(stateFolder: string): number[] {
  try {
    const numbers = readdirSync(snapshotsFolder(stateFolder)).map(Number);
    return numbers.toSorted((left, right) => right - left);
  } catch {
    return [];
  }
}

/** The listing. */
export function snapshotFile(stateFolder: string, number: number): string {
  return join(snapshotsFolder(stateFolder), String(number), 'objects.jsonl');
}

/** One file for each mount that shows the snapshot; it holds the mount's target. */
export function referencesFolder(stateFolder: string, number: number): string {
  return join(snapshotsFolder(stateFolder), String(number), 'references');
}
