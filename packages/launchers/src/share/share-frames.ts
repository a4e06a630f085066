import { type FrameList, splitFrames } from '@rebatch/frames';
import { instanceAt, INSTANCE_ORDERS, ORDER_VARIABLE } from '@rebatch/model';
import { ClaimingSource } from '../claims/claiming-source.ts';
import { Claims, claimsFolder } from '../claims/claims.ts';
import { LaunchError } from '../launch-error.ts';
import { type ObjectStore, storeOf } from '../store/object-store.ts';
import { type MappedFolder, mappedFolder } from '../task/remote-place.ts';
import { readTaskFacts, type TaskFacts } from '../task/task-facts.ts';
import { type FinishedPictures, localPictures, storedPictures } from './finished-pictures.ts';
import type { FrameSource } from './frame-source.ts';
import { readInstance } from './instance.ts';
import { PieceSource } from './piece-source.ts';
import { ResumingSource } from './resuming-source.ts';
import type { SharingOptions } from './sharing-options.ts';

/** What is to be shared. */
export interface SharedWork {
  /** All frames of the task. */
  readonly frames: FrameList;
  readonly options: SharingOptions;
  /** Absolute. */
  readonly outputDir: string;
  /** Where the picture of a frame will lie, absolute; undefined when there is no telling. */
  readonly pictureOf: ((frame: number) => string) | undefined;
  /** Absolute; pictures older than this are rendered again. */
  readonly scene: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds since the program's start. */
  readonly now: () => number;
  readonly say: (text: string) => void;
  readonly skipped: (frame: number) => void;
}

/** An instance's part. */
export interface Share {
  readonly source: FrameSource;
  /** The equal piece; undefined when frames are claimed, and any of them may come. */
  readonly piece: FrameList | undefined;
  /** How many frames will probably come. */
  readonly count: number;
  readonly instance: number;
  readonly of: number;
}

/** The object store as a task sees it. */
interface Remote {
  readonly store: ObjectStore;
  readonly facts: TaskFacts;
  readonly outputs: MappedFolder;
}

/**
 * Decides how the instances of a task share its frames: each takes an equal piece, or all claim the next ones as they go.
 * @throws LaunchError for claims that were asked for and cannot be had, and for a resume that cannot tell what is finished
 */
export async function shareFrames(work: SharedWork): Promise<Share> {
  const { frames, options, env } = work;
  const { instance, of } = readInstance(env);
  const remote = remoteOf(work);
  const trouble = claimTrouble(work, remote);
  if (options.claim === 'on' && trouble !== undefined)
    throw new LaunchError(1, `frames cannot be claimed: ${trouble}`);
  const isShared = options.claim === 'on' || (options.claim === 'auto' && of > 1);
  if (isShared && trouble === undefined && typeof remote === 'object') {
    const source = claimingSource(work, remote, { instance, of });
    const count = Math.ceil(frames.length / of);
    return { source: await resuming(work, source, remote), piece: undefined, count, instance, of };
  }
  if (isShared) work.say(`each instance renders an equal share: ${trouble ?? ''}`);
  const piece = splitFrames(frames, of, instance);
  const source = await resuming(work, new PieceSource(piece), remote);
  return { source, piece, count: piece.length, instance, of };
}

/** The store, or why there is none. */
function remoteOf({ env, outputDir }: SharedWork): Remote | string {
  const facts = readTaskFacts(env);
  if (facts === undefined || !env['BATCH_COMPUTE_DAG_JOB_ID']) return 'this is no task of the service';
  const outputs = mappedFolder(facts.outputs, outputDir);
  if (outputs === undefined) return `no output of the job is uploaded from ${outputDir}`;
  const store = storeOf(env);
  return store === undefined
    ? 'there is no key of the object store in the environment'
    : { store, facts, outputs };
}

function claimTrouble({ pictureOf }: SharedWork, remote: Remote | string): string | undefined {
  if (typeof remote === 'string') return remote;
  return pictureOf === undefined ? 'frames have no pictures of their own' : undefined;
}

function claimingSource(
  work: SharedWork,
  { store, facts, outputs }: Remote,
  { instance, of }: { instance: number; of: number },
): FrameSource {
  const { frames, options, pictureOf, env, now, say } = work;
  const { attempt, timeoutSeconds } = facts;
  const folder = claimsFolder(
    outputs,
    env['BATCH_COMPUTE_DAG_JOB_ID'] ?? '',
    env['BATCH_COMPUTE_DAG_TASK_ID'] ?? '',
  );
  const pictures = storedPictures(store, outputs);
  return new ClaimingSource({
    claims: new Claims(store, folder, { instance, attempt }),
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

async function resuming(
  work: SharedWork,
  source: FrameSource,
  remote: Remote | string,
): Promise<FrameSource> {
  const { options, pictureOf, scene, skipped } = work;
  if (!options.resume) return source;
  if (pictureOf === undefined) throw new LaunchError(2, '--resume needs to know the name of each picture');
  const pictures = picturesOf(remote);
  const inputs = typeof remote === 'string' ? [] : remote.facts.inputs;
  // Newer than the scene: times of the store are whole seconds.
  const since = scene === undefined ? 0 : (await changeOf(scene, pictures, inputs)) + 1;
  return new ResumingSource(source, async (frame) => pictures.isThere(pictureOf(frame), since), skipped);
}

function picturesOf(remote: Remote | string): FinishedPictures {
  return typeof remote === 'string' ? localPictures : storedPictures(remote.store, remote.outputs);
}

/** A scene that is part of the image is as old as its file says. */
async function changeOf(
  scene: string,
  pictures: FinishedPictures,
  inputs: TaskFacts['inputs'],
): Promise<number> {
  return (await pictures.changedAt(scene, inputs)) ?? (await localPictures.changedAt(scene, inputs)) ?? 0;
}
