import type { ConfigKind } from '../configs/config-kinds.ts';
import type { Operation } from '../gateway/oss-call.ts';
import { readBody } from '../wire/read-body.ts';

/** A thousand lifecycle rules take about 300 KB. */
const BODY_LIMIT = 1024 * 1024;

/** PUT ?<name>: checked, and kept as it came. */
export function putBucketConfig({ name, check, kept, attributes }: ConfigKind): Operation {
  return async (call) => {
    const document = await readBody(call.request, BODY_LIMIT);
    await check(document, call);
    await call.store.setBucketConfig(call.bucket, name, kept?.(document) ?? document, attributes?.(document));
    return { status: 200 };
  };
}

/** GET ?<name> */
export function getBucketConfig({ name, contentType, initial }: ConfigKind): Operation {
  return async ({ store, bucket }) => ({
    status: 200,
    headers: { 'Content-Type': contentType },
    body: (await store.getBucketConfig(bucket, name)) ?? initial(),
  });
}

/** DELETE ?<name>: 204 whether or not there was one. */
export function deleteBucketConfig({ name, attributes }: ConfigKind): Operation {
  return async ({ store, bucket }) => {
    await store.setBucketConfig(bucket, name, undefined, attributes?.(undefined));
    return { status: 204 };
  };
}
