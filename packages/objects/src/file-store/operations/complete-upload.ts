import { createHash } from 'node:crypto';
import { combineCrc64 } from '../../crc64/combine-crc64.ts';
import { ObjectStoreError } from '../../object-store-error.ts';
import type { CompletedPart, CompleteOptions, ObjectInfo } from '../../types.ts';
import { changeStrings } from '../change-strings.ts';
import { commitChange, requireBucket, requireFree, type StoreContext } from '../context.ts';
import { describeObject } from '../describe-object.ts';
import { requireUpload } from '../require-upload.ts';
import type { StoredPart } from '../sql/list-parts.ts';
import { placeObject } from '../versions.ts';

/** Least size of every part but the last (spec/oss.md §1.11). */
const MIN_PART_BYTES = 100 * 1024;

/** The parts become the object as they are; no byte is read or written again. */
export async function completeUpload(
  context: StoreContext,
  bucket: string,
  key: string,
  uploadId: string,
  wanted: readonly CompletedPart[] | 'all',
  options: CompleteOptions,
): Promise<ObjectInfo> {
  const { sql, files, watchers } = context;
  const info = await commitChange(context, () => {
    const upload = requireUpload(context, bucket, key, uploadId);
    const now = requireBucket(context, bucket);
    requireFree(context, now, key, options.createOnly ?? upload.options.createOnly);
    const put = sql.listParts(uploadId);
    const parts = wanted === 'all' ? put : chooseParts(put, wanted);
    requireParts(put, parts);
    checkSizes(parts);
    const content = files.nextId();
    sql.insertContent(content, {
      kind: 'members',
      members: parts.map(({ part, content: member }) => [member, part.size]),
    });
    const used = new Set(parts);
    const unused = put.filter((part) => !used.has(part)).flatMap((part) => sql.releaseContent(part.content));
    sql.deleteUpload(uploadId);
    const description = describeObject(
      context,
      { bucket, key, type: 'Multipart' },
      { ...upload.options, attributes: changeStrings(upload.upload.attributes, options.attributes ?? {}) },
      joinParts(parts),
    );
    const { result, released } = placeObject(context, now, description, content);
    return { result, released: [...unused, ...released] };
  });
  watchers.notify({ kind: 'put', info });
  return info;
}

function chooseParts(put: readonly StoredPart[], wanted: readonly CompletedPart[]): StoredPart[] {
  const byNumber = new Map(put.map((part) => [part.part.partNumber, part]));
  let last = 0;
  return wanted.map(({ partNumber, etag }) => {
    if (partNumber <= last) {
      throw new ObjectStoreError('InvalidPartOrder', 'The parts must be listed by ascending number.');
    }
    last = partNumber;
    const part = byNumber.get(partNumber);
    if (part === undefined || part.part.etag !== etag.toUpperCase()) {
      throw new ObjectStoreError('InvalidPart', `Part ${partNumber} was not put, or has another ETag.`);
    }
    return part;
  });
}

/** Nothing of nothing is an empty object, which is what the Go SDK v2 makes of an empty stream; nothing of something is not. */
function requireParts(put: readonly StoredPart[], parts: readonly StoredPart[]): void {
  if (parts.length === 0 && put.length > 0) {
    throw new ObjectStoreError('InvalidPart', 'None of the parts that were put is to be in the object.');
  }
}

function checkSizes(parts: readonly StoredPart[]): void {
  for (const { part } of parts.slice(0, -1)) {
    if (part.size < MIN_PART_BYTES) {
      throw new ObjectStoreError(
        'EntityTooSmall',
        `Part ${part.partNumber} has ${part.size} bytes; all but the last need ${MIN_PART_BYTES}.`,
      );
    }
  }
}

/** The ETag is what the vendor's own tests expect: the MD5 of the parts' ETags as they are written. */
function joinParts(parts: readonly StoredPart[]): { size: number; etag: string; crc64: bigint } {
  const md5 = createHash('md5');
  let size = 0;
  let crc64 = 0n;
  for (const { part } of parts) {
    md5.update(part.etag);
    crc64 = combineCrc64(crc64, BigInt(part.crc64), part.size);
    size += part.size;
  }
  return { size, crc64, etag: `${md5.digest('hex').toUpperCase()}-${parts.length}` };
}
