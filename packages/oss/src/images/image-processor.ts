import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock, Timer } from '@rebatch/model';
import type { ImageAction } from './image-action.ts';
import { ImageChild } from './image-child.ts';
import type { ImageAnswer, ImageJob, ImageLimits } from './image-job.ts';
import { brokenImage, ImageProblemError, imageTooLarge, tooManyImages } from './image-problems.ts';

/** A picture that was made. */
export interface ProcessedImage {
  contentType: string;
  /** Bytes. */
  size: number;
  /** Must be consumed or destroyed. */
  body: Readable;
}

/** Makes pictures out of others, in a process of its own. */
export interface ImageProcessor {
  /**
   * `source` is called when it is the picture's turn.
   * @throws ImageProblemError when there is no picture; whatever `source` throws
   */
  process(source: () => Promise<Readable>, actions: readonly ImageAction[]): Promise<ProcessedImage>;
  /** Ends the process. What is asked afterwards starts another. */
  close(): Promise<void>;
}

/** What one picture may take; the process sees to it itself. */
const LIMITS: ImageLimits = { processorMs: 30_000, residentBytes: 1024 ** 3 };

/** After which a picture is given up by the clock: the process, or the source, is stuck. In milliseconds. */
const STUCK_MS = 300_000;

/** For which the process waits for another picture, in milliseconds. */
const IDLE_MS = 30_000;

/** Pictures that may wait for their turn: as many as are made in some ten seconds. */
const MAX_WAITING = 100;

/**
 * Nothing is started before the first picture is asked for. One picture is made at a time, on one core; when none was
 * asked for in half a minute, the process and its memory go.
 */
export function createImageProcessor(clock: Clock, limits = LIMITS): ImageProcessor {
  let child: ImageChild | undefined;
  let idle: Timer | undefined;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  const end = async (): Promise<void> => {
    idle?.cancel();
    const ending = child;
    child = undefined;
    await ending?.end();
  };

  const make = async (
    source: () => Promise<Readable>,
    actions: readonly ImageAction[],
  ): Promise<ProcessedImage> => {
    idle?.cancel();
    const late = new AbortController();
    const limit = clock.after(STUCK_MS, () => late.abort());
    try {
      if (child?.isGone !== false) child = await ImageChild.start(late.signal);
      return await makeIn(child, late.signal, source, { actions: [...actions], limits });
    } finally {
      limit.cancel();
      idle = clock.after(IDLE_MS, () => void end());
    }
  };

  return {
    async process(source, actions) {
      if (waiting >= MAX_WAITING) {
        throw tooManyImages();
      }
      waiting += 1;
      const turn = last.then(
        () => make(source, actions),
        () => make(source, actions),
      );
      last = turn;
      try {
        return await turn;
      } finally {
        waiting -= 1;
      }
    },
    close: end,
  };
}

/** Makes one picture. When it is `late` the program is ended, whatever it is doing. */
async function makeIn(
  child: ImageChild,
  late: AbortSignal,
  source: () => Promise<Readable>,
  asked: Pick<ImageJob, 'actions' | 'limits'>,
): Promise<ProcessedImage> {
  const paths = { source: join(child.folder, 'source'), target: join(child.folder, 'target') };
  const giveUp = (): void => void child.end();
  late.addEventListener('abort', giveUp);
  try {
    await pipeline(await source(), createWriteStream(paths.source), { signal: late });
    const answer = await child.ask({ ...paths, ...asked });
    // Its memory is to be free before there is another process.
    if (answer?.kind === 'given up') await child.end();
    return await opened(answer, late.aborted);
  } finally {
    late.removeEventListener('abort', giveUp);
    // An open file stays readable without its name.
    await Promise.all(Object.values(paths).map((path) => rm(path, { force: true })));
  }
}

async function opened(answer: ImageAnswer | undefined, isLate: boolean): Promise<ProcessedImage> {
  if (isLate) {
    throw imageTooLarge('The image takes too long to process.');
  }
  if (answer?.kind === 'problem' || answer?.kind === 'given up') {
    throw new ImageProblemError(answer.problem);
  }
  if (answer?.kind !== 'made') {
    // The library did not survive it.
    throw brokenImage();
  }
  const file = await open(answer.path);
  const { size } = await file.stat();
  return { contentType: answer.contentType, size, body: file.createReadStream() };
}
