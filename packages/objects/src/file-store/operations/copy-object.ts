import { checkKey } from '../../names/check-key.ts';
import { ObjectStoreError } from '../../object-store-error.ts';
import type { CopyOptions, ObjectInfo, ObjectName, PutOptions } from '../../types.ts';
import { commitChange, requireBucket, requireFree, requireObject, type StoreContext } from '../context.ts';
import { describeObject } from '../describe-object.ts';
import type { StoredObject } from '../sql/rows.ts';
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
  const source = requireSource(context, from);
  const onItself = from.bucket === to.bucket && from.key === to.key && bucket.versioning === undefined;
  if (source.info.type === 'Appendable' && !onItself) {
    requireFree(context, bucket, to.key, options.createOnly);
    const { info, body } = getObject(context, from.bucket, from.key, undefined, from.versionId);
    return putObject(context, to.bucket, to.key, body, metadataFor(info, options));
  }
  const info = await commitChange(context, () => {
    const target = requireBucket(context, to.bucket);
    requireFree(context, target, to.key, options.createOnly);
    const now = requireSource(context, from);
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

/** A delete marker has nothing to copy: to those who copy there is no object (the vendor's CopyObject, "Versioning"). */
function requireSource(context: StoreContext, { bucket, key, versionId }: ObjectName): StoredObject {
  try {
    return requireObject(context, bucket, key, versionId);
  } catch (error) {
    if (error instanceof ObjectStoreError && error.code === 'MethodNotAllowed') {
      const { deleteMarker } = error;
      throw new ObjectStoreError('NoSuchKey', 'The object does not exist.', { cause: error, deleteMarker });
    }
    throw error;
  }
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
