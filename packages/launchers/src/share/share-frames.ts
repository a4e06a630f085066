import { type FrameList, splitFrames } from '@rebatch/frames';
import { LaunchError } from '../launch-error.ts';
import { type RemoteTask, remoteTask } from '../task/remote-task.ts';
import { claimFrames } from './claim-frames.ts';
import type { FrameSource } from './frame-source.ts';
import { type Instance, readInstance } from './instance.ts';
import { PieceSource } from './piece-source.ts';
import { resume } from './resume.ts';
import type { SharingOptions } from './sharing-options.ts';

/** What is to be shared. */
export interface SharedWork {
  /** All frames of the task. */
  readonly frames: FrameList;
  readonly options: SharingOptions;
  /** Absolute. */
  readonly outputDir: string;
  /** Where the picture of a frame will lie, absolute; undefined when there is no telling what is finished. */
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
export interface Share extends Instance {
  readonly source: FrameSource;
  /** The equal piece; undefined when frames are claimed, and any of them may come. */
  readonly piece: FrameList | undefined;
  /** How many frames will probably come. */
  readonly count: number;
}

/**
 * Decides how the instances of a task share its frames: each takes an equal piece, or all claim the next ones as they go.
 * @throws LaunchError for claims that were asked for and cannot be had, and for a resume that cannot tell what is finished
 */
export async function shareFrames(work: SharedWork): Promise<Share> {
  const { options, env, outputDir, say } = work;
  const instance = readInstance(env);
  const found = remoteTask(env, outputDir);
  const remote = 'trouble' in found ? undefined : found;
  const isClaimed = options.claim === 'on' || (options.claim === 'auto' && instance.of > 1);
  if (isClaimed && 'trouble' in found) {
    if (options.claim === 'on') throw new LaunchError(1, `frames cannot be claimed: ${found.trouble}`);
    say(`each instance renders an equal share: ${found.trouble}`);
  }
  const share = isClaimed && remote !== undefined ? claimed(work, remote, instance) : split(work, instance);
  return options.resume
    ? { ...share, source: await resume(work, share.source, remote, options.resumeSince) }
    : share;
}

function claimed(work: SharedWork, remote: RemoteTask, instance: Instance): Share {
  const count = Math.ceil(work.frames.length / instance.of);
  return { source: claimFrames(work, remote, instance), piece: undefined, count, ...instance };
}

function split({ frames }: SharedWork, { instance, of }: Instance): Share {
  const piece = splitFrames(frames, of, instance);
  return { source: new PieceSource(piece), piece, count: piece.length, instance, of };
}
