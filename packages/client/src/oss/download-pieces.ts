import { constants } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatOssUrl, type OssUrl } from '@rebatch/model';
import { readBody } from '../http/read-body.ts';
import { type RetryPolicy, withRetries } from '../http/retry.ts';
import { assertChecksum } from './checksum.ts';
import { type Crc64, crc64OfFile, startCrc64 } from './crc64.ts';
import { type DownloadOptions, ObjectReplacedError, type ObjectReader } from './download-types.ts';
import { inOrder } from './in-order.ts';
import { isPassing } from './is-passing.ts';
import { ChecksumError } from './oss-error.ts';
import { isLastingPartial, lastingPartialPath } from './partial-path.ts';
import type { RemoteObject } from './types.ts';

interface PieceOptions extends DownloadOptions {
  pieceSize: number;
}

/**
 * Downloads a large object in pieces, several on the way at once. They are written in their order: what is in the
 * partial file is the beginning of the object, however the program ended, and the next call goes on behind it.
 */
export async function downloadPieces(
  reader: ObjectReader,
  policy: RetryPolicy,
  source: OssUrl,
  object: RemoteObject,
  path: string,
  options: PieceOptions,
): Promise<RemoteObject> {
  // The ETag is part of the name: the beginning of another version is never gone on with.
  const partial = lastingPartialPath(path, `${object.etag} ${object.size}`);
  const file = await open(partial, constants.O_RDWR | constants.O_CREAT, 0o666);
  let told = 0;
  const tell = (bytes: number) => {
    told += bytes;
    options.onBytes?.(bytes);
  };
  try {
    const crc = await startCrc64();
    const start = await readBeginning(file, object.size, crc, options.signal);
    tell(start);
    const fetch = async (position: number, signal: AbortSignal) =>
      fetchPiece(reader, policy, source, object, position, { ...options, signal });
    const positions = piecePositions(start, object.size, options.pieceSize);
    let written = start;
    for await (const bytes of inOrder(positions, options.parallel ?? 4, fetch, options.signal)) {
      await writeAll(file, bytes, written);
      crc.update(bytes);
      written += bytes.length;
      tell(bytes.length);
    }
    assertChecksum(formatOssUrl(source), object.crc64, crc.decimal());
    await file.close();
    await giveName(partial, path, object);
    await removeOtherPartials(path);
    return object;
  } catch (error) {
    await file.close();
    // A broken line or an interruption leaves what is there for the next try. Anything else, such as a full disk, gives the
    // room back.
    const mayGoOn =
      options.signal?.aborted === true || (isPassing(error) && !(error instanceof ChecksumError));
    if (!mayGoOn) await rm(partial, { force: true });
    options.onBytes?.(-told);
    throw error;
  }
}

/** Takes what an earlier try left into the checksum. @returns how many bytes those are */
async function readBeginning(
  file: FileHandle,
  size: number,
  crc: Crc64,
  signal: AbortSignal | undefined,
): Promise<number> {
  const buffer = Buffer.alloc(1024 * 1024);
  for (let position = 0; ; ) {
    signal?.throwIfAborted();
    const length = Math.min(buffer.length, size - position);
    const { bytesRead } = length === 0 ? { bytesRead: 0 } : await file.read(buffer, 0, length, position);
    if (bytesRead === 0) return position;
    crc.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}

function* piecePositions(start: number, size: number, pieceSize: number): Generator<number> {
  for (let position = start; position < size; position += pieceSize) yield position;
}

async function fetchPiece(
  reader: ObjectReader,
  policy: RetryPolicy,
  source: OssUrl,
  { etag, size }: RemoteObject,
  start: number,
  { pieceSize, versionId, signal }: PieceOptions,
): Promise<Buffer> {
  const range = { start, end: Math.min(start + pieceSize, size) - 1 };
  const read = {
    ...(versionId === undefined ? {} : { versionId }),
    ...(signal === undefined ? {} : { signal }),
  };
  const attempt = async () => {
    const { body, ...found } = await reader.get(source.bucket, source.key, range, read);
    if (found.etag !== etag || found.size !== size) {
      body.destroy();
      throw new ObjectReplacedError(formatOssUrl(source));
    }
    return readBody(body);
  };
  return withRetries(policy, isPassing, attempt, signal);
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Another process that downloaded the same object to the same place may have been faster: then it is there. */
async function giveName(partial: string, path: string, { crc64 }: RemoteObject): Promise<void> {
  try {
    await rename(partial, path);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isTaken || (await crc64OfFile(path).catch(() => '')) !== crc64) throw error;
  }
}

/** What is left of tries to bring earlier states of the object here. */
async function removeOtherPartials(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    if (isLastingPartial(name, path)) await rm(join(folder, name), { force: true });
  }
}
