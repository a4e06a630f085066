import type { FrameList } from './frame-list.ts';

/**
 * The piece of one instance, by SEED's rule (spec/render.md §2): pieces are contiguous, the first `L mod N` instances take
 * one frame more than the others. An instance that is left over gets an empty piece.
 * @param instanceCount N, at least 1 (BATCH_COMPUTE_DAG_INSTANCE_COUNT)
 * @param instance from 0 (BATCH_COMPUTE_DAG_INSTANCE_ID)
 * @throws RangeError when the numbers are not whole or the instance is not one of them
 */
export function splitFrames(frames: FrameList, instanceCount: number, instance: number): FrameList {
  if (!Number.isSafeInteger(instanceCount) || instanceCount < 1) {
    throw new RangeError(`the number of instances is ${instanceCount}; a whole number from 1 would fit`);
  }
  if (!Number.isSafeInteger(instance) || instance < 0 || instance >= instanceCount) {
    throw new RangeError(`the instance is ${instance}; 0 to ${instanceCount - 1} would fit`);
  }
  const small = Math.floor(frames.length / instanceCount);
  const larger = frames.length % instanceCount;
  const first = instance * small + Math.min(instance, larger);
  return frames.slice(first, first + small + (instance < larger ? 1 : 0));
}
