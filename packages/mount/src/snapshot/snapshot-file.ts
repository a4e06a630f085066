import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import type { Snapshot, SnapshotObject } from './snapshot.ts';

const LINES_A_WRITE = 1000;

/** Writes a snapshot whole or not at all: a line for the listing, then one for each object. */
export async function writeSnapshotFile(path: string, snapshot: Snapshot): Promise<void> {
  const { objects, ...head } = snapshot;
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.write(`${JSON.stringify(head)}\n`);
    for (let at = 0; at < objects.length; at += LINES_A_WRITE) {
      const lines = objects.slice(at, at + LINES_A_WRITE).map((object) => `${lineOf(object)}\n`);
      await file.write(lines.join(''));
    }
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

/** Undefined when there is no such snapshot (any more). */
export function readSnapshotFile(path: string): Snapshot | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const [first = '', ...lines] = text.split('\n');
  // A server before this one may have written none.
  const head: Omit<Snapshot, 'objects'> = { charset: 'utf-8', ...JSON.parse(first) };
  return { ...head, objects: lines.filter((line) => line !== '').map(objectOf) };
}

function lineOf({ key, size, etag, lastModified }: SnapshotObject): string {
  return JSON.stringify([key, size, etag, lastModified]);
}

function objectOf(line: string): SnapshotObject {
  const [key, size, etag, lastModified]: [string, number, string, number] = JSON.parse(line);
  return { key, size, etag, lastModified };
}
