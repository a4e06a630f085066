import { ObjectStoreError } from '@rebatch/objects';
import { MountError } from './mount-error.ts';
import type { MountSpec } from './mounter.ts';

/** For people, when the store is what refuses; other errors as they are. */
export function mountErrorOf(spec: Pick<MountSpec, 'bucket' | 'key'>, error: unknown): unknown {
  if (!(error instanceof ObjectStoreError)) return error;
  const url = `oss://${spec.bucket}/${spec.key}`;
  return new MountError(url, `${url} cannot be mounted: ${reasonOf(spec, error)}`, { cause: error });
}

function reasonOf({ bucket }: Pick<MountSpec, 'bucket'>, error: ObjectStoreError): string {
  if (error.code === 'NoSuchBucket') return `bucket "${bucket}" does not exist`;
  return error.code === 'NoSuchKey' ? 'there is no such object' : error.message;
}
