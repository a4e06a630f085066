import { parseProgressLine } from '@rebatch/launchers';
import type { JobView } from '@rebatch/model';
import type { Connection } from '../connection/connection.ts';
import { followJob } from '../follow/follow-job.ts';
import type { Io } from '../io.ts';
import { EarlyPictures } from './early-pictures.ts';
import { RenderDisplay } from './render-display.ts';
import type { RenderProgress } from './render-progress.ts';
import type { RenderRequest } from './render-request.ts';
import type { StartedRender } from './start-render.ts';

/** A render that is over. */
export interface FollowedRender {
  job: JobView;
  /** Pictures that came home while it went on. */
  fetchedEarly: number;
}

/**
 * Shows a render until it is over, and brings pictures home meanwhile.
 * @throws the interruption's reason on Ctrl-C
 */
export async function followRender(
  connection: Connection,
  started: StartedRender,
  request: RenderRequest,
  progress: RenderProgress,
  io: Io,
): Promise<FollowedRender> {
  const display = new RenderDisplay(io, progress);
  const { bucket, pictures: prefix } = started.place;
  const early = new EarlyPictures(
    connection.oss,
    { bucket, prefix, folder: request.outputDir },
    io.interrupted,
  );
  try {
    const job = await followJob(
      connection,
      started.jobId,
      {
        job: (seen) => {
          display.job(seen);
          if (progress.done > early.count) early.look();
        },
        line: ({ instance }, line) => display.line(instance, line, parseProgressLine(line)),
        away: (error) => display.note(`${error.message}; waiting for it, and what runs goes on`),
      },
      { streams: ['stdout'], signal: io.interrupted },
    );
    await early.end();
    return { job, fetchedEarly: early.count };
  } finally {
    display.end();
  }
}
