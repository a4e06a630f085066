import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from './manifest.ts';

/**
 * Regular files below `folder` (relative paths, byte order) that are not in the manifest or differ from it in size or
 * time. Links are not followed: they may lead anywhere.
 */
export async function changedFiles(folder: string, manifest: Manifest): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const changed: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const relative = path.slice(folder.length + 1);
    if (await isChanged(path, relative, manifest)) changed.push(relative);
  }
  return changed.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

/** True when the file at `path` is not what the manifest says of `name`; a file that is gone counts as unchanged. */
export async function isChanged(path: string, name: string, manifest: Manifest): Promise<boolean> {
  const staged = manifest.get(name);
  const now = await lstat(path).catch(() => undefined);
  if (now === undefined || !now.isFile()) return false;
  return staged === undefined || staged.size !== now.size || staged.mtime !== Math.floor(now.mtimeMs);
}
