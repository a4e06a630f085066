import { readdir } from 'node:fs/promises';
import type { AttemptSpec } from './attempt.ts';
import { attemptFolder } from './attempt-folder.ts';
import { readJsonFile } from './json-file.ts';

/** Ids of the attempts that have a folder: begun, and not yet forgotten. */
export async function knownAttempts(attemptsFolder: string): Promise<string[]> {
  const entries = await readdir(attemptsFolder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

/** The description that an attempt was begun with; undefined when it was never begun. */
export function knownAttempt(attemptsFolder: string, attemptId: string): Promise<AttemptSpec | undefined> {
  return readJsonFile(attemptFolder(attemptsFolder, attemptId).specFile);
}
