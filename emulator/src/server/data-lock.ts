import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readServerFile } from './server-file.ts';
import { StartError } from './start-error.ts';

export interface DataLock {
  release(): void;
}

/**
 * Makes this process the only server of a data folder. The lock is one of the operating system (taken by SQLite), so
 * that it is gone whenever the process is, even after SIGKILL.
 *
 * @throws StartError when another server has it
 */
export function lockDataFolder(folder: string): DataLock {
  const file = join(folder, 'lock.sqlite');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    throw new StartError(describe(folder, file, error), { cause: error });
  }
  const held = database;
  return { release: () => held.close() };
}

function describe(folder: string, file: string, error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (!/database is locked/i.test(text)) return `cannot lock ${file}: ${text}`;
  const other = readServerFile(folder);
  const who = other === undefined ? 'another server' : `the server with pid ${other.pid} (${other.api})`;
  return `the data folder ${folder} is in use by ${who}`;
}
