import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '@rebatch/model';
import type { ObjectStore } from '../object-store.ts';
import { appendInFile } from './append-in-file.ts';
import { BlobFiles } from './blob-files.ts';
import { openDatabase } from './database.ts';
import { FileStoreOpenError } from './file-store-open-error.ts';
import { FileStore } from './file-store.ts';
import { GroupCommit } from './group-commit.ts';
import { KeyedLock } from './keyed-lock.ts';
import { prepareStatements } from './sql/statements.ts';
import { Watchers } from './watchers.ts';
import { whyNotOpen } from './why-not-open.ts';

export interface FileStoreOptions {
  /** Folder of the store; made when missing. `objects.db` and `blobs/` are in it. */
  dir: string;
  clock: Clock;
  /** Look for files that nothing points to, and remove them, even after an orderly close. */
  sweep?: boolean;
}

/**
 * Opens the durable file back end. After a crash, files to which no row points are removed before this resolves.
 * The folder belongs to one process at a time.
 * @throws FileStoreOpenError when the folder cannot be made, read or written, or another process has it open.
 */
export async function openFileStore({ dir, clock, sweep = false }: FileStoreOptions): Promise<ObjectStore> {
  let db: DatabaseSync | undefined;
  try {
    await mkdir(dir, { recursive: true });
    const files = await BlobFiles.open(join(dir, 'blobs'));
    db = openDatabase(join(dir, 'objects.db'));
    const sql = prepareStatements(db);
    if (sweep || !sql.cleanMark.read()) {
      await files.sweep(sql.isFileContent);
    }
    sql.cleanMark.write(false);
    files.startAfter(sql.greatestContent());
    const context = {
      sql,
      files,
      append: appendInFile(files),
      clock,
      commit: new GroupCommit(db),
      watchers: new Watchers(),
      appends: new KeyedLock(),
    };
    return new FileStore(context, db);
  } catch (error) {
    db?.close();
    throw new FileStoreOpenError(dir, whyNotOpen(error), { cause: error });
  }
}
