import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Unpacks a tar of a folder into `folder`. Nothing is written outside of it, and devices are left out. */
export async function unpackStream(tar: Readable, folder: string): Promise<void> {
  // Loaded when needed: most of what a server does needs no tar.
  const { extract } = await import('tar');
  await pipeline(tar, extract({ cwd: folder, preserveOwner: false }));
}
