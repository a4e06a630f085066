import { checkKey } from '../../names/check-key.ts';
import type { BodySource } from '../../object-store.ts';
import type { ObjectInfo, PutOptions } from '../../types.ts';
import { commitWritten, requireBucket, requireFree, type StoreContext } from '../context.ts';
import { describeObject } from '../describe-object.ts';
import { placeObject } from '../versions.ts';
import { writeContent } from '../write-content.ts';

export async function putObject(
  context: StoreContext,
  bucket: string,
  key: string,
  body: BodySource,
  options: PutOptions,
): Promise<ObjectInfo> {
  checkKey(key);
  requireFree(context, requireBucket(context, bucket), key, options.createOnly);
  const written = await writeContent(context.files, body, options);
  const info = await commitWritten(context, written, () => {
    const now = requireBucket(context, bucket);
    requireFree(context, now, key, options.createOnly);
    context.sql.insertContent(written.id, written.source);
    const description = describeObject(context, { bucket, key, type: 'Normal' }, options, {
      size: written.size,
      etag: written.md5,
      crc64: written.crc64,
    });
    return placeObject(context, now, description, written.id);
  });
  context.watchers.notify({ kind: 'put', info });
  return info;
}
