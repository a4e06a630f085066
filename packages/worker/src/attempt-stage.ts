import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttemptOutcome, AttemptSpec } from './attempt.ts';
import type { AttemptFolder } from './attempt-folder.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { STDOUT_FILE } from './sandbox/program-script.ts';
import type { Sandboxes, SandboxState } from './sandbox/sandboxes.ts';

/** How far an attempt has come, by what an earlier process left. */
export type AttemptStage =
  | { at: 'new' }
  /** Its preparation was cut short; nothing ran. */
  | { at: 'half-prepared' }
  | { at: 'sandbox'; state: SandboxState }
  /** Its program had begun, but its sandbox is not there any more. */
  | { at: 'gone' }
  | { at: 'ended'; outcome: AttemptOutcome };

/** Takes the attempt's folder into use, or finds out where the attempt stands. */
export async function attemptStage(
  spec: AttemptSpec,
  folder: AttemptFolder,
  sandboxes: Sandboxes,
): Promise<AttemptStage> {
  if (await makeFolder(folder)) {
    await writeJsonFile(folder.specFile, spec);
    return { at: 'new' };
  }
  const outcome = await readJsonFile<AttemptOutcome>(folder.outcomeFile);
  if (outcome !== undefined) return { at: 'ended', outcome };
  const state = await sandboxes.find(spec.id);
  if (state !== undefined) return { at: 'sandbox', state };
  if (await hasBegun(folder)) return { at: 'gone' };
  await writeJsonFile(folder.specFile, spec);
  return { at: 'half-prepared' };
}

/** True when the sandbox came so far as to make its log files, the last thing before the program. */
export async function hasBegun(folder: AttemptFolder): Promise<boolean> {
  const stats = await lstat(join(folder.logs, STDOUT_FILE)).catch(() => undefined);
  return stats !== undefined;
}

async function makeFolder(folder: AttemptFolder): Promise<boolean> {
  try {
    await mkdir(folder.root, { mode: 0o700 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
