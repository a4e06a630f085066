import { FrameSyntaxError, type FrameList, parseFrames, pointAt, splitFrames } from '@rebatch/frames';
import { LaunchError } from '../launch-error.ts';

/** The part of the frames that this instance renders, in render order. */
export interface Piece {
  readonly frames: FrameList;
  readonly instance: number;
  readonly of: number;
}

/** Blender 3.4.1 silently renders its nearest frame instead of one beyond (observed: 2000000 gives 1048574). */
const LAST_FRAME = 1_048_574;

/**
 * Splits the list by the numbers that the service gives each instance (spec/render.md §2); by hand, without them, there is
 * one instance.
 * @throws LaunchError (wrong usage) with column and caret for a list that cannot be read
 */
export function takePiece(text: string, env: NodeJS.ProcessEnv): Piece {
  const of = readNumber(env, 'BATCH_COMPUTE_DAG_INSTANCE_COUNT', 1);
  const instance = readNumber(env, 'BATCH_COMPUTE_DAG_INSTANCE_ID', 0);
  const all = readList(text);
  if (instance >= of) {
    throw new LaunchError(2, `this is instance ${instance} of ${of}; instances count from 0`);
  }
  const frames = splitFrames(all, of, instance);
  const beyond = frames.find((frame) => Math.abs(frame) > LAST_FRAME);
  if (beyond !== undefined) {
    throw new LaunchError(2, `frame ${beyond} is beyond Blender's last frame, ${LAST_FRAME}`);
  }
  return { frames, instance, of };
}

function readList(text: string): FrameList {
  try {
    return parseFrames(text);
  } catch (error) {
    if (!(error instanceof FrameSyntaxError)) throw error;
    throw new LaunchError(2, `frame list: ${error.message}\n${pointAt(error)}`, { cause: error });
  }
}

function readNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  if (!/^\d{1,9}$/.test(text)) {
    throw new LaunchError(2, `${name} is ${JSON.stringify(text)}; a whole number would fit`);
  }
  return Number(text);
}
