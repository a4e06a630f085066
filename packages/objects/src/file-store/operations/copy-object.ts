import { checkKey } from '../../names/check-key.ts';
import type { CopyOptions, ObjectInfo, ObjectName, PutOptions } from '../../types.ts';
import { commitChange, requireBucket, requireFree, requireObject, type StoreContext } from '../context.ts';
import { describeObject } from '../describe-object.ts';
import { placeObject } from '../versions.ts';
import { getObject } from './get-object.ts';
import { putObject } from './put-object.ts';

/**
 * The copy shares the bytes of its source. Only an appendable source is read and written again: its bytes go on
 * growing, and what comes out is a Normal object with an MD5. (Where an appendable object is copied onto itself and no
 * versions are kept, nothing is left of the source that could grow.)
 */
export async function copyObject(
  context: StoreContext,
  from: ObjectName,
  to: { bucket: string; key: string },
  options: CopyOptions,
): Promise<ObjectInfo> {
  checkKey(to.key);
  const bucket = requireBucket(context, to.bucket);
  const source = requireObject(context, from.bucket, from.key, from.versionId);
  const onItself = from.bucket === to.bucket && from.key === to.key && bucket.versioning === undefined;
  if (source.info.type === 'Appendable' && !onItself) {
    requireFree(context, bucket, to.key, options.createOnly);
    const { info, body } = getObject(context, from.bucket, from.key, undefined, from.versionId);
    return putObject(context, to.bucket, to.key, body, metadataFor(info, options));
  }
  const info = await commitChange(context, () => {
    const target = requireBucket(context, to.bucket);
    requireFree(context, target, to.key, options.createOnly);
    const now = requireObject(context, from.bucket, from.key, from.versionId);
    context.sql.shareContent(now.content);
    const { size, etag, type } = now.info;
    const description = describeObject(context, { ...to, type }, metadataFor(now.info, options), {
      size,
      etag,
      crc64: BigInt(now.info.crc64),
    });
    return placeObject(context, target, description, now.content);
  });
  context.watchers.notify({ kind: 'put', info });
  return info;
}

function metadataFor(source: ObjectInfo, options: CopyOptions): PutOptions {
  const { createOnly } = options;
  const attributes = options.attributes ?? (options.metadata === 'replace' ? undefined : source.attributes);
  const { contentType, userMetadata, headers } = options.metadata === 'replace' ? options : source;
  return {
    ...(contentType !== undefined && { contentType }),
    ...(userMetadata !== undefined && { userMetadata }),
    ...(headers !== undefined && { headers }),
    ...(attributes !== undefined && { attributes }),
    ...(createOnly !== undefined && { createOnly }),
  };
}
