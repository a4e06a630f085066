import { type CompletedPart, type ObjectStore, ObjectStoreError, type PartInfo } from '@rebatch/objects';
import pMap from 'p-map';
import { formatOssUrl, type OssUrl, parseOssUrl } from '../oss-url.ts';
import type { Slice } from './read-unchanged.ts';
import type { OpenUpload, UploadLedger } from './upload-ledger.ts';

/** As many as a store takes (spec/oss.md §1.7). */
const MOST_PARTS = 10_000;
const MIB = 1024 * 1024;

export interface PartsOptions {
  objects: ObjectStore;
  ledger: UploadLedger;
  /** Least bytes of a part but the last. */
  partBytes: number;
  /** Parts on their way at once. */
  parallel: number;
}

export interface LargeFile {
  to: OssUrl;
  /** Bytes. */
  size: number;
  mark: string;
  read(slice: Slice): AsyncIterable<Uint8Array>;
}

/**
 * Uploads a file in parts. Called again for the same file, by whichever process, it sends only the parts that are
 * missing; the object appears, whole, with the last of them. What was begun with another content is given up.
 * @throws FileChanged, AttemptFailure, and what the store throws
 */
export async function putInParts(file: LargeFile, options: PartsOptions): Promise<void> {
  const { objects, ledger, parallel } = options;
  const url = formatOssUrl(file.to);
  const { bucket, key } = file.to;
  const { uploadId, partBytes, there } = await takeUp(file, url, options);
  const count = Math.ceil(file.size / partBytes);
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const parts = await pMap(
    numbers,
    async (partNumber): Promise<CompletedPart> => {
      const start = (partNumber - 1) * partBytes;
      const length = Math.min(partBytes, file.size - start);
      const known = there.get(partNumber);
      if (known?.size === length) return { partNumber, etag: known.etag };
      const body = file.read({ start, length });
      const { etag } = await objects.putPart(bucket, key, uploadId, partNumber, body, {
        contentLength: length,
      });
      return { partNumber, etag };
    },
    { concurrency: parallel },
  );
  await objects.completeUpload(bucket, key, uploadId, parts);
  await ledger.ended(url);
}

/** Ends every upload that an attempt left open; those that are not there any more are no trouble. */
export async function abortOpenUploads(ledger: UploadLedger, objects: ObjectStore): Promise<void> {
  for (const [url, { uploadId }] of ledger.openUploads()) {
    const to = parseOssUrl(url);
    if (to !== undefined) await abort(to, uploadId, objects);
    await ledger.ended(url);
  }
}

interface TakenUp extends OpenUpload {
  /** Parts that the store has, by number. */
  there: ReadonlyMap<number, PartInfo>;
}

async function takeUp(
  { to, size, mark }: LargeFile,
  url: string,
  { objects, ledger, partBytes }: PartsOptions,
): Promise<TakenUp> {
  const known = ledger.openUpload(url);
  if (known?.mark === mark) {
    const parts = await unlessGone(objects.listParts(to.bucket, to.key, known.uploadId));
    if (parts !== undefined)
      return { ...known, there: new Map(parts.map((part) => [part.partNumber, part])) };
  }
  if (known !== undefined) await abort(to, known.uploadId, objects);
  const { uploadId } = await objects.startUpload(to.bucket, to.key);
  const least = Math.ceil(size / MOST_PARTS / MIB) * MIB;
  const upload = { mark, uploadId, partBytes: Math.max(partBytes, least) };
  try {
    await ledger.begun(url, upload);
  } catch (error) {
    await abort(to, uploadId, objects);
    throw error;
  }
  return { ...upload, there: new Map() };
}

async function abort({ bucket, key }: OssUrl, uploadId: string, objects: ObjectStore): Promise<void> {
  await unlessGone(objects.abortUpload(bucket, key, uploadId));
}

/** Undefined when the upload is not there any more: completed, aborted, or gone with its bucket. */
async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ObjectStoreError)) throw error;
    if (error.code === 'NoSuchUpload' || error.code === 'NoSuchBucket') return undefined;
    throw error;
  }
}
