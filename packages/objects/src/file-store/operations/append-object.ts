import { combineCrc64 } from '../../crc64/combine-crc64.ts';
import { checkKey } from '../../names/check-key.ts';
import { ObjectStoreError } from '../../object-store-error.ts';
import type { BodySource } from '../../object-store.ts';
import type { AppendOptions, AppendResult, ObjectInfo } from '../../types.ts';
import type { WrittenPiece } from '../appender.ts';
import { changeStrings } from '../change-strings.ts';
import { commitChange, requireBucket, requireFree, type StoreContext } from '../context.ts';
import { describeObject } from '../describe-object.ts';
import { diskError } from '../disk-error.ts';
import { placeObject } from '../versions.ts';
import { MAX_BODY_BYTES, writeContent, type WrittenContent } from '../write-content.ts';

/** Bodies up to this many bytes wait in memory until the object is free. */
const MEMORY_LIMIT = 1024 * 1024;

/** The body is received before the object is locked: a writer whose line has died does not keep its successor waiting. */
export async function appendObject(
  context: StoreContext,
  bucket: string,
  key: string,
  position: number,
  body: BodySource,
  options: AppendOptions,
): Promise<AppendResult> {
  checkKey(key);
  requireFree(context, requireBucket(context, bucket), key, options.createOnly);
  requirePosition(context.sql.findObject(bucket, key)?.info, position, 0);
  const piece = await writeContent(context.files, body, options, { inlineLimit: MEMORY_LIMIT });
  try {
    const info = await context.appends.run(`${bucket}/${key}`, () =>
      addPiece(context, { bucket, key }, position, piece, options),
    );
    context.watchers.notify({ kind: 'append', info });
    return { info, nextPosition: info.size };
  } catch (error) {
    throw diskError(error);
  }
}

async function addPiece(
  context: StoreContext,
  name: { bucket: string; key: string },
  position: number,
  piece: WrittenContent,
  options: AppendOptions,
): Promise<ObjectInfo> {
  const { sql, files } = context;
  const find = () => sql.findObject(name.bucket, name.key);
  const old = find();
  let written: WrittenPiece;
  try {
    requirePosition(old?.info, position, piece.size);
    written = await context.append(context, old, piece);
  } catch (error) {
    if (piece.source.kind === 'file') {
      files.remove(piece.id);
    }
    throw error;
  }
  let attached = false;
  try {
    const info = await commitChange(context, () => {
      const bucket = requireBucket(context, name.bucket);
      // The object may have been deleted or replaced meanwhile; only the one that was written to may grow.
      const now = find();
      requirePosition(now?.info, position, piece.size);
      if (now?.content !== old?.content) {
        throw wrongPosition(now?.info.size ?? 0);
      }
      const { content, released } = written.attach();
      const grown = grow(context, name, now?.info, piece, options);
      if (now === undefined) {
        const placed = placeObject(context, bucket, grown, content);
        return { result: placed.result, released: [...released, ...placed.released] };
      }
      sql.saveObject({ ...now, info: grown, content });
      return { result: grown, released };
    });
    attached = true;
    return info;
  } finally {
    written.settle(attached);
  }
}

function grow(
  context: StoreContext,
  name: { bucket: string; key: string },
  old: ObjectInfo | undefined,
  piece: WrittenContent,
  options: AppendOptions,
): ObjectInfo {
  const size = (old?.size ?? 0) + piece.size;
  const crc64 = combineCrc64(BigInt(old?.crc64 ?? 0), piece.crc64, piece.size);
  const etag = appendableEtag(crc64, size);
  return old === undefined
    ? describeObject(context, { ...name, type: 'Appendable' }, options, { size, etag, crc64 })
    : {
        ...old,
        size,
        etag,
        crc64: crc64.toString(),
        lastModified: context.clock.now(),
        ...(options.changes !== undefined && { attributes: changeStrings(old.attributes, options.changes) }),
      };
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
