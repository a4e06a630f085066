import { FrameSyntaxError, type FrameList, parseFrames, pointAt } from '@rebatch/frames';
import { LaunchError } from '../launch-error.ts';

/** @throws LaunchError (wrong usage) with column and caret for a list that cannot be read */
export function readFrames(text: string): FrameList {
  try {
    return parseFrames(text);
  } catch (error) {
    if (!(error instanceof FrameSyntaxError)) throw error;
    throw new LaunchError(2, `frame list: ${error.message}\n${pointAt(error)}`, { cause: error });
  }
}
