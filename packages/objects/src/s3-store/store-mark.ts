import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'minio';
import { syncFolder } from '../file-store/sync-folder.ts';

/** Which part of which bucket belongs to a folder of metadata. */
interface StoreMark {
  bucket: string;
  /** Prefix of everything that the store keeps in the bucket. */
  root: string;
}

/**
 * The mark of the store whose metadata is in `dir`: in the folder, and as an object beside the bytes. A new store
 * gets a prefix of its own, so that two of them can share a bucket. Metadata and bytes that do not belong together
 * are refused: the sweep after a crash would remove what it does not know.
 * @throws Error that says what does not fit
 */
export async function openStoreMark(client: Client, bucket: string, dir: string): Promise<StoreMark> {
  const file = join(dir, 's3-store.json');
  const known = await readMark(file);
  if (known === undefined) {
    const fresh: StoreMark = { bucket, root: `rebatch/${randomUUID()}` };
    const text = JSON.stringify(fresh);
    await client.putObject(bucket, markName(fresh), text, Buffer.byteLength(text));
    await writeFile(`${file}.new`, text, { flush: true });
    await rename(`${file}.new`, file);
    await syncFolder(dir);
    return fresh;
  }
  if (known.bucket !== bucket) {
    throw new Error(`the objects described in ${dir} are in the bucket ${known.bucket}, not in ${bucket}`);
  }
  if (!(await exists(client, bucket, markName(known)))) {
    throw new Error(`the bucket ${bucket} does not hold the objects that are described in ${dir}`);
  }
  return known;
}

function markName({ root }: StoreMark): string {
  return `${root}/store.json`;
}

async function readMark(file: string): Promise<StoreMark | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  const { bucket, root }: { bucket?: unknown; root?: unknown } = JSON.parse(text);
  if (typeof bucket !== 'string' || typeof root !== 'string' || root === '') {
    throw new Error(`${file} does not say where the objects are`);
  }
  return { bucket, root };
}

async function exists(client: Client, bucket: string, name: string): Promise<boolean> {
  try {
    await client.statObject(bucket, name);
    return true;
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'NotFound' || error.code === 'NoSuchKey')
    ) {
      return false;
    }
    throw error;
  }
}
