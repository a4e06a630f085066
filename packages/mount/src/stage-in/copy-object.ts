import { createWriteStream } from 'node:fs';
import { chmod, utimes } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore } from '@rebatch/objects';
import type { LocalName } from '../names/charset.ts';

/** Objects look readable and executable, never writable (spec/batchcompute-api.md §12.2). */
const MODE = 0o555;

/** What a staged file looked like when it was made; whatever differs later was changed by the program. */
export interface StagedFile {
  /** Bytes. */
  size: number;
  /** Milliseconds since the epoch; the object's last-modified time. */
  mtime: number;
}

/** Copies an object into the new file `target`. Throws what `ObjectStore.get` throws, and file system errors. */
export async function copyObject(
  objects: ObjectStore,
  source: { bucket: string; key: string },
  target: LocalName,
  signal: AbortSignal | undefined,
): Promise<StagedFile> {
  const { info, body } = await objects.get(source.bucket, source.key);
  const file = createWriteStream(target, { flags: 'wx', mode: 0o600 });
  await pipeline(body, file, signal === undefined ? {} : { signal });
  const seconds = info.lastModified / 1000;
  await utimes(target, seconds, seconds);
  // After the content: a file may not be opened for writing by an unprivileged server once it is 0555.
  await chmod(target, MODE);
  return { size: info.size, mtime: Math.floor(info.lastModified) };
}
