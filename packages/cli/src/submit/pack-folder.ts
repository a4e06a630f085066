import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';

/**
 * Packs what is in a folder as a program package (spec/batchcompute-api.md §11.1: gzip tar, names relative to the folder) and
 * hands the file to `use`; it is gone afterwards.
 */
export async function withPackedFolder<T>(folder: string, use: (file: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'rebatch-package-'));
  try {
    const file = join(scratch, 'package.tar.gz');
    await create({ file, cwd: folder, gzip: true, portable: true }, ['.']);
    return await use(file);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
