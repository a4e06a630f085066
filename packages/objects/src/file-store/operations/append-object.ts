import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { combineCrc64 } from '../../crc64/combine-crc64.ts';
import { checkKey } from '../../names/check-key.ts';
import { ObjectStoreError } from '../../object-store-error.ts';
import type { BodySource } from '../../object-store.ts';
import type { AppendResult, ObjectInfo, PutOptions } from '../../types.ts';
import { commitChange, requireBucket, requireFree, type StoreContext } from '../context.ts';
import { describeObject } from '../describe-object.ts';
import { diskError } from '../disk-error.ts';
import type { StoredObject } from '../sql/rows.ts';
import { writeChunks } from '../write-chunks.ts';
import { MAX_BODY_BYTES, writeContent, type WrittenContent } from '../write-content.ts';

/** Bodies up to this many bytes wait in memory until the object is free. */
const MEMORY_LIMIT = 1024 * 1024;

const COPY_BYTES = 512 * 1024;

/**
 * The body is received before the object is locked: a writer whose line has died does not keep its successor waiting.
 * The row is the truth: bytes of the file beyond the row's size (a crash between write and commit) are never read, and
 * the next append overwrites them.
 */
export async function appendObject(
  context: StoreContext,
  bucket: string,
  key: string,
  position: number,
  body: BodySource,
  options: PutOptions,
): Promise<AppendResult> {
  checkKey(key);
  requireBucket(context, bucket);
  requireFree(context, bucket, key, options.createOnly);
  requirePosition(context.sql.findObject(bucket, key)?.info, position, 0);
  const piece = await writeContent(context.files, body, options, { inlineLimit: MEMORY_LIMIT });
  try {
    const info = await context.appends.run(`${bucket}/${key}`, async () => {
      const old = context.sql.findObject(bucket, key);
      requirePosition(old?.info, position, piece.size);
      return old === undefined
        ? createAppendable(context, bucket, key, piece, options)
        : growAppendable(context, old, piece);
    });
    context.watchers.notify({ kind: 'append', info });
    return { info, nextPosition: info.size };
  } catch (error) {
    throw diskError(error);
  } finally {
    if (piece.source.kind === 'file') {
      context.files.remove(piece.id);
    }
  }
}

async function createAppendable(
  context: StoreContext,
  bucket: string,
  key: string,
  piece: WrittenContent,
  options: PutOptions,
): Promise<ObjectInfo> {
  const { files, sql } = context;
  const id = files.nextId();
  const handle = await files.create(id);
  try {
    await copyPiece(context, piece, handle, 0);
    await files.makeDurable(id, handle);
    return await commitChange(context, () => {
      requireBucket(context, bucket);
      requirePosition(sql.findObject(bucket, key)?.info, 0, piece.size);
      sql.insertContent(id, { kind: 'file' });
      const result = describeObject(context, { bucket, key, type: 'Appendable' }, options, {
        size: piece.size,
        etag: appendableEtag(piece.crc64, piece.size),
        crc64: piece.crc64,
      });
      sql.saveObject({ info: result, content: id });
      return { result, released: [] };
    });
  } catch (error) {
    files.remove(id);
    throw error;
  } finally {
    await handle.close();
  }
}

async function growAppendable(
  context: StoreContext,
  old: StoredObject,
  piece: WrittenContent,
): Promise<ObjectInfo> {
  const { files, sql, clock } = context;
  const { bucket, key, size } = old.info;
  const release = files.hold(old.content);
  try {
    const handle = await open(files.path(old.content), 'r+');
    try {
      await copyPiece(context, piece, handle, size);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    return await commitChange(context, () => {
      // The object may have been deleted or replaced meanwhile; only the one that was written to may grow.
      const now = sql.findObject(bucket, key);
      requirePosition(now?.info, size, piece.size);
      if (now === undefined || now.content !== old.content) {
        throw wrongPosition(now?.info.size ?? 0);
      }
      const crc64 = combineCrc64(BigInt(now.info.crc64), piece.crc64, piece.size);
      const grown = size + piece.size;
      const result: ObjectInfo = {
        ...now.info,
        size: grown,
        crc64: crc64.toString(),
        etag: appendableEtag(crc64, grown),
        lastModified: clock.now(),
      };
      sql.saveObject({ info: result, content: old.content });
      return { result, released: [] };
    });
  } finally {
    release();
  }
}

async function copyPiece(
  { files }: StoreContext,
  { id, source, size }: WrittenContent,
  to: FileHandle,
  position: number,
): Promise<void> {
  if (source.kind === 'inline') {
    await writeChunks(to, [source.bytes], position);
    return;
  }
  const from = await open(files.path(id), 'r');
  try {
    const buffer = Buffer.allocUnsafe(COPY_BYTES);
    for (let done = 0; done < size; ) {
      const { bytesRead } = await from.read(buffer, 0, COPY_BYTES, done);
      if (bytesRead === 0) {
        throw new Error(`${files.path(id)} lost bytes while it was appended`);
      }
      await writeChunks(to, [buffer.subarray(0, bytesRead)], position + done);
      done += bytesRead;
    }
  } finally {
    await from.close();
  }
}

function requirePosition(info: ObjectInfo | undefined, position: number, more: number): void {
  if (!Number.isSafeInteger(position) || position < 0) {
    throw new ObjectStoreError('InvalidArgument', 'The append position must be a whole number of bytes.');
  }
  if (info !== undefined && info.type !== 'Appendable') {
    throw new ObjectStoreError('ObjectNotAppendable', 'The object is not appendable.');
  }
  const size = info?.size ?? 0;
  if (position !== size) {
    throw wrongPosition(size);
  }
  if (size + more > MAX_BODY_BYTES) {
    throw new ObjectStoreError('EntityTooLarge', `An appendable object ends at ${MAX_BODY_BYTES} bytes.`);
  }
}

function wrongPosition(size: number): ObjectStoreError {
  return new ObjectStoreError(
    'PositionNotEqualToLength',
    `The append position is not the length of the object, ${size}.`,
    { nextPosition: size },
  );
}

/** Opaque, 32 hex digits (spec/oss.md §1.10): it changes with every byte that is added. */
function appendableEtag(crc64: bigint, size: number): string {
  return (crc64.toString(16).padStart(16, '0') + size.toString(16).padStart(16, '0')).toUpperCase();
}
