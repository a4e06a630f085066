import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AdministrationError } from './administration.ts';

/**
 * Writes a copy of the job store as it is at one moment, beside the server that may be running on it. The file appears
 * whole, checked and durable, or not at all; it holds secrets, so only its owner may read it.
 *
 * @returns its size in bytes
 * @throws AdministrationError when there is no store, when `file` is there and `replace` is false, or when the copy cannot
 *   be made
 */
export function backupStore(dataFolder: string, file: string, { replace }: { replace: boolean }): number {
  const source = join(dataFolder, 'jobs.db');
  if (!existsSync(source)) throw new AdministrationError(`there is no job store in ${dataFolder}`);
  if (!replace && existsSync(file)) throw new AdministrationError(`${file} is there already`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  try {
    copy(source, part);
    publish(part, file, replace);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AdministrationError(`the backup ${file} cannot be written: ${reason}`, { cause: error });
  } finally {
    rmSync(part, { force: true });
  }
  return statSync(file).size;
}

function copy(source: string, part: string): void {
  // Made first, so that nobody else can read it while it grows.
  closeSync(openSync(part, 'wx', 0o600));
  const store = new DatabaseSync(source, { readOnly: true, timeout: 10_000 });
  try {
    store.prepare('VACUUM INTO ?').run(part);
  } finally {
    store.close();
  }
  const made = new DatabaseSync(part, { readOnly: true });
  try {
    const result = made.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
    if (result !== 'ok') throw new Error(`the copy is not sound: ${String(result)}`);
  } finally {
    made.close();
  }
}

function publish(part: string, file: string, replace: boolean): void {
  chmodSync(part, 0o600);
  sync(part);
  if (replace) renameSync(part, file);
  // Unlike a rename, a link never replaces what came there meanwhile.
  else linkSync(part, file);
  sync(dirname(file));
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
