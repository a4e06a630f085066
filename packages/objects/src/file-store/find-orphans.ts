import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { BlobFiles } from './blob-files.ts';
import type { Orphan } from './blobs.ts';
import { openDatabase } from './database.ts';
import { FileStoreOpenError } from './file-store-open-error.ts';
import { prepareStatements } from './sql/statements.ts';
import { whyNotOpen } from './why-not-open.ts';

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
    return await Array.fromAsync(files.orphans(isFileContent));
  } catch (error) {
    throw new FileStoreOpenError(dir, whyNotOpen(error), { cause: error });
  } finally {
    db?.close();
  }
}
