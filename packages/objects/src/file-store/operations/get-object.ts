import { ObjectStoreError } from '../../object-store-error.ts';
import type { ByteRange, ObjectBody } from '../../types.ts';
import { requireObject, type StoreContext } from '../context.ts';
import { readContent } from '../read-content.ts';

export function getObject(
  context: StoreContext,
  bucket: string,
  key: string,
  range: ByteRange | undefined,
  versionId?: string,
): ObjectBody {
  const { info, content } = requireObject(context, bucket, key, versionId);
  const { start, end } = range ?? { start: 0, end: info.size - 1 };
  const valid = Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && end < info.size;
  if (!valid || (range !== undefined && end < start)) {
    throw new ObjectStoreError('InvalidArgument', `Bytes ${start} to ${end} are not in the object.`);
  }
  return { info, body: readContent(context.sql, context.files, content, { start, end }) };
}
