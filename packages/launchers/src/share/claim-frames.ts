import type { FrameList } from '@rebatch/frames';
import { instanceAt, INSTANCE_ORDERS, ORDER_VARIABLE } from '@rebatch/model';
import { ClaimingSource } from '../claims/claiming-source.ts';
import { Claims, claimsFolder } from '../claims/claims.ts';
import type { RemoteTask } from '../task/remote-task.ts';
import { storedPictures } from './finished-pictures.ts';
import type { FrameSource } from './frame-source.ts';
import type { Instance } from './instance.ts';
import type { SharedWork } from './share-frames.ts';

/** The frames of a task, claimed as they are needed. */
export function claimFrames(
  { frames, options, pictureOf, env, now, say }: SharedWork,
  { job, task, facts, store, outputs }: RemoteTask,
  { instance, of }: Instance,
): FrameSource {
  const { attempt, timeoutSeconds } = facts;
  const pictures = storedPictures(store, outputs);
  return new ClaimingSource({
    claims: new Claims(store, claimsFolder(outputs, job, task), { instance, attempt }),
    frames: inWantedOrder(frames, env),
    instance,
    attempt,
    of,
    targetSeconds: options.chunkSeconds,
    timeoutSeconds,
    isStored: async (frame, since) => pictureOf !== undefined && pictures.isThere(pictureOf(frame), since),
    now,
    say,
  });
}

/** A task whose instances go coarse to fine has its frames claimed so. */
function inWantedOrder(frames: FrameList, env: NodeJS.ProcessEnv): FrameList {
  const order = INSTANCE_ORDERS.find((known) => known === env[ORDER_VARIABLE]) ?? 'number';
  return frames.map((frame, position) => frames[instanceAt(order, position, frames.length)] ?? frame);
}
