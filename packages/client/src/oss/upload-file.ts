import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { assertChecksum } from './checksum.ts';
import { crc64Of, crc64OfFile } from './crc64.ts';
import { eachInParallel } from './each-in-parallel.ts';
import type { ObjectWriter, StoredPart } from './object-writer.ts';
import { OssError } from './oss-error.ts';
import { partSizeFor } from './part-size.ts';
import type { OnBytes, RemoteObject } from './types.ts';

export interface UploadOptions {
  /** Told as bytes arrive; parts that an earlier try left count at once. A negative number takes back. */
  onBytes?: OnBytes;
  /** Parts on the way at once; default 4. */
  parallel?: number;
  /** Bytes of a part; by default what suits the file. Files up to one part's size go in one request. */
  partSize?: number;
  signal?: AbortSignal;
}

/**
 * Uploads one file and checks the object's CRC-64 against the file's.
 * @throws OssError, ConnectionError, ChecksumError; the file system's error when the file cannot be read
 */
export async function uploadFile(
  writer: ObjectWriter,
  path: string,
  options: UploadOptions,
): Promise<RemoteObject> {
  const { size } = await stat(path);
  const partSize = options.partSize ?? partSizeFor(size);
  if (size <= partSize) {
    const stored = await writer.putWhole(await readFile(path), options.signal);
    options.onBytes?.(size);
    return stored;
  }
  try {
    return await uploadParts(writer, await findOrStartUpload(writer), path, size, partSize, options);
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    const ownUpload = { uploadId: await writer.initiate(), stored: new Map() };
    return uploadParts(writer, ownUpload, path, size, partSize, options);
  }
}

/** Someone else completed or aborted the upload that was being gone on with, or put other parts into it. */
function isOvertaken(error: unknown): boolean {
  return error instanceof OssError && (error.code === 'NoSuchUpload' || error.code === 'InvalidPart');
}

interface Upload {
  uploadId: string;
  stored: Map<number, StoredPart>;
}

async function uploadParts(
  writer: ObjectWriter,
  { uploadId, stored }: Upload,
  path: string,
  size: number,
  partSize: number,
  options: UploadOptions,
): Promise<RemoteObject> {
  const numbers = Array.from({ length: Math.ceil(size / partSize) }, (_, index) => index + 1);
  const etags = new Map<number, string>();
  let told = 0;
  const file = await open(path);
  try {
    await eachInParallel(numbers, options.parallel ?? 4, async (partNumber) => {
      options.signal?.throwIfAborted();
      const position = (partNumber - 1) * partSize;
      const bytes = await readPart(file, position, Math.min(partSize, size - position));
      const md5 = createHash('md5').update(bytes).digest('hex').toUpperCase();
      if (stored.get(partNumber)?.etag.toUpperCase() !== md5) {
        const part = await writer.putPart(uploadId, partNumber, bytes, options.signal);
        assertChecksum(`part ${partNumber} of ${path}`, part.crc64, await crc64Of(bytes));
      }
      etags.set(partNumber, md5);
      told += bytes.length;
      options.onBytes?.(bytes.length);
    });
    const parts = numbers.map((partNumber) => ({ partNumber, etag: etags.get(partNumber) ?? '' }));
    const object = await writer.complete(uploadId, parts);
    assertChecksum(`oss://${writer.bucket}/${writer.key}`, object.crc64, await crc64OfFile(path));
    return { ...object, size };
  } catch (error) {
    options.onBytes?.(-told);
    throw error;
  } finally {
    await file.close();
  }
}

/** The newest unfinished upload of this object is gone on with: which of its parts fit is told by their MD5. */
async function findOrStartUpload(writer: ObjectWriter): Promise<Upload> {
  const newest = (await writer.unfinished()).at(-1);
  if (newest === undefined) return { uploadId: await writer.initiate(), stored: new Map() };
  const parts = await writer.listParts(newest);
  return { uploadId: newest, stored: new Map(parts.map((part) => [part.partNumber, part])) };
}

async function readPart(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new RangeError('the file became shorter while it was uploaded');
    filled += bytesRead;
  }
  return buffer;
}
