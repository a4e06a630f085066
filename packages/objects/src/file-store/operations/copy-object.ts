import { checkKey } from '../../names/check-key.ts';
import type { CopyOptions, ObjectInfo, PutOptions } from '../../types.ts';
import {
  commitChange,
  replaceObject,
  requireBucket,
  requireFree,
  requireObject,
  type StoreContext,
} from '../context.ts';
import { describeObject } from '../describe-object.ts';
import { getObject } from './get-object.ts';
import { putObject } from './put-object.ts';

interface Name {
  bucket: string;
  key: string;
}

/**
 * The copy shares the bytes of its source. Only an appendable source is read and written again: its bytes go on
 * growing, and what comes out is a Normal object with an MD5.
 */
export async function copyObject(
  context: StoreContext,
  from: Name,
  to: Name,
  options: CopyOptions,
): Promise<ObjectInfo> {
  checkKey(to.key);
  requireBucket(context, to.bucket);
  const source = requireObject(context, from.bucket, from.key);
  const onItself = from.bucket === to.bucket && from.key === to.key;
  if (source.info.type === 'Appendable' && !onItself) {
    requireFree(context, to.bucket, to.key, options.createOnly);
    const { info, body } = getObject(context, from.bucket, from.key, undefined);
    return putObject(context, to.bucket, to.key, body, metadataFor(info, options));
  }
  const info = await commitChange(context, () => {
    requireBucket(context, to.bucket);
    requireFree(context, to.bucket, to.key, options.createOnly);
    const now = requireObject(context, from.bucket, from.key);
    context.sql.shareContent(now.content);
    const { size, etag, type } = now.info;
    const result = describeObject(context, { ...to, type }, metadataFor(now.info, options), {
      size,
      etag,
      crc64: BigInt(now.info.crc64),
    });
    return { result, released: replaceObject(context, result, now.content) };
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
