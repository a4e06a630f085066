import type { ObjectInfo } from '@rebatch/objects';
import type { Readable } from 'node:stream';
import type { OssCall } from '../gateway/oss-call.ts';
import type { Followed } from '../wire/follow-symlink.ts';
import type { ImageAction } from './image-action.ts';
import { imageTooLarge, notServed } from './image-problems.ts';
import type { ProcessedImage } from './image-processor.ts';

/** The vendor's limit for sources, in bytes. */
const MAX_SOURCE_BYTES = 20 * 1024 * 1024;

/**
 * A picture out of the object that was found for a request.
 * @throws ImageProblemError; ObjectStoreError as `get` does
 */
export async function makeFromStored(
  call: OssCall,
  { info, target }: Followed,
  actions: readonly ImageAction[],
): Promise<ProcessedImage> {
  const { store, bucket, versionId, images } = call;
  if (images === undefined) {
    throw notServed('x-oss-process');
  }
  requireSize(target);
  return images.process(async () => {
    const read = await store.get(bucket, target.key, undefined, info === target ? versionId : undefined);
    return whenSmall(read.info, read.body);
  }, actions);
}

/** It may have been replaced by a larger one since it was looked up. */
function whenSmall(info: ObjectInfo, body: Readable): Readable {
  try {
    requireSize(info);
    return body;
  } catch (error) {
    body.destroy();
    throw error;
  }
}

function requireSize({ size }: ObjectInfo): void {
  if (size > MAX_SOURCE_BYTES) {
    throw imageTooLarge(`The image has more than ${MAX_SOURCE_BYTES} bytes.`);
  }
}
