import { spawn } from 'node:child_process';
import type { FileHandle } from 'node:fs/promises';
import { pid } from 'node:process';
import type { Readable } from 'node:stream';
import type { Upload } from './collect-uploads.ts';
import { FileChanged } from './file-changed.ts';
import { fileState } from './file-state.ts';
import { FileUnreadable } from './file-unreadable.ts';
import type { OpenFile } from './open-regular-file.ts';

const CHUNK = 256 * 1024;

/** What of a file is read. */
export interface Slice {
  /** First byte. */
  start: number;
  /** Number of bytes. */
  length: number;
}

/**
 * The bytes of a slice of an open file, which must be as it was opened still after the last of them: what is read is one
 * content, never a mixture. Of a log, which may go on growing, that is not asked: its beginning is as whole as it can be.
 * @throws FileChanged; FileUnreadable; what `signal` was aborted with
 */
export async function* readUnchanged(
  { host, isMounted, mayGrow }: Upload,
  { handle, state }: OpenFile,
  { start, length }: Slice,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let left = length;
  if (left > 0) {
    for await (const chunk of readable(
      isMounted ? readElsewhere(handle, start) : readHere(handle, start, length),
    )) {
      signal.throwIfAborted();
      const bytes = chunk.subarray(0, left);
      left -= bytes.length;
      yield bytes;
      if (left === 0) break;
    }
  }
  const now = fileState(await handle.stat({ bigint: true }), isMounted);
  if (left > 0 || (!mayGrow && now.mark !== state.mark)) throw new FileChanged(String(host));
}

async function* readHere(handle: FileHandle, start: number, length: number): AsyncGenerator<Uint8Array> {
  const end = start + length;
  for (let position = start; position < end; ) {
    const size = Math.min(CHUNK, end - position);
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(size), 0, size, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * Reads in a process of its own. A read of a mounted object waits for this process to give its bytes; were all its
 * threads waiting so, none would be left to read them.
 */
function readElsewhere({ fd }: FileHandle, start: number): Readable {
  // Opened anew by way of the descriptor, which is the same file whatever has its name by now, and has a position of its own.
  const child = spawn('tail', ['-c', `+${start + 1}`, `/proc/${pid}/fd/${fd}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('a piped output is missing');
  child.once('error', (error) => stdout.destroy(error));
  return stdout;
}

async function* readable(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new FileUnreadable(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
