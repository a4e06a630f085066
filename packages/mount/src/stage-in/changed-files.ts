import { lstat, readdir } from 'node:fs/promises';
import { type Charset, decodeName, type LocalName, localName } from '../names/charset.ts';
import type { Manifest } from './manifest.ts';

/**
 * Regular files below `folder` (relative paths, byte order) that are not in the manifest or differ from it in size or
 * time. Links are not followed: they may lead anywhere.
 */
export async function changedFiles(
  folder: string,
  manifest: Manifest,
  charset: Charset,
): Promise<LocalName[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true, encoding: 'buffer' });
  const changed: Buffer[] = [];
  const root = Buffer.from(`${folder}/`);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = Buffer.concat([Buffer.from(entry.parentPath), Buffer.from('/'), entry.name]);
    const relative = path.subarray(root.length);
    if (await isChanged(path, decodeName(relative, charset), manifest)) changed.push(relative);
  }
  return changed.toSorted((left, right) => Buffer.compare(left, right)).map(localName);
}

/** True when the file at `path` is not what the manifest says of `name`; a file that is gone counts as unchanged. */
export async function isChanged(path: LocalName, name: string, manifest: Manifest): Promise<boolean> {
  const staged = manifest.get(name);
  const now = await lstat(path).catch(() => undefined);
  if (now === undefined || !now.isFile()) return false;
  return staged === undefined || staged.size !== now.size || staged.mtime !== Math.floor(now.mtimeMs);
}
