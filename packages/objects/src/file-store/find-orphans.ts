import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { BlobFiles } from './blob-files.ts';
import { openDatabase } from './database.ts';
import { FileStoreOpenError } from './file-store-open-error.ts';
import { prepareStatements } from './sql/statements.ts';
import { whyNotOpen } from './why-not-open.ts';

/** A file of a store that nothing points to: what a crash left before its row was written. */
export interface Orphan {
  path: string;
  /** Bytes. */
  size: number;
}

/**
 * The orphans of a file store, without touching them; `openFileStore` with `sweep` removes them. No process may have the
 * store open.
 * @throws FileStoreOpenError when another process has it open, or it cannot be read
 */
export async function findOrphans(dir: string): Promise<Orphan[]> {
  let db: DatabaseSync | undefined;
  try {
    db = openDatabase(join(dir, 'objects.db'));
    const { isFileContent } = prepareStatements(db);
    const files = await BlobFiles.open(join(dir, 'blobs'));
    const found: Orphan[] = [];
    for await (const path of files.orphans(isFileContent))
      found.push({ path, size: (await stat(path)).size });
    return found;
  } catch (error) {
    throw new FileStoreOpenError(dir, whyNotOpen(error), { cause: error });
  } finally {
    db?.close();
  }
}
