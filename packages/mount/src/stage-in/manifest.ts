import { readFile, rename, writeFile } from 'node:fs/promises';
import type { StagedFile } from './copy-object.ts';

/**
 * What a stage-in made, kept beside its target so that a later process can tell the program's changes from the
 * objects' content. Written last: a mount without manifest is not complete.
 */
export type Manifest = Map<string, StagedFile>;

export function manifestPath(target: string): string {
  return `${target}.stage-in.json`;
}

export async function writeManifest(target: string, manifest: Manifest): Promise<void> {
  const path = manifestPath(target);
  const entries = Array.from(manifest, ([name, { size, mtime }]) => [name, size, mtime]);
  await writeFile(`${path}.new`, JSON.stringify(entries), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Answers undefined when the mount was never completed. */
export async function readManifest(target: string): Promise<Manifest | undefined> {
  let text: string;
  try {
    text = await readFile(manifestPath(target), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const entries: [string, number, number][] = JSON.parse(text);
  return new Map(entries.map(([name, size, mtime]) => [name, { size, mtime }]));
}
