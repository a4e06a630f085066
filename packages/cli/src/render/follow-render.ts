import { parseProgressLine } from '@rebatch/launchers';
import type { JobView } from '@rebatch/model';
import type { Connection } from '../connection/connection.ts';
import { followJob } from '../follow/follow-job.ts';
import type { Io } from '../io.ts';
import { RenderDisplay } from './render-display.ts';
import type { RenderProgress } from './render-progress.ts';

/** Shows a render until it is over. @returns the job as it ended @throws the interruption's reason on Ctrl-C */
export async function followRender(
  connection: Connection,
  jobId: string,
  progress: RenderProgress,
  io: Io,
): Promise<JobView> {
  const display = new RenderDisplay(io, progress);
  try {
    return await followJob(
      connection,
      jobId,
      {
        job: (job) => display.job(job),
        line: ({ instance }, line) => display.line(instance, line, parseProgressLine(line)),
        away: (error) => display.note(`${error.message}; waiting for it, and what runs goes on`),
      },
      { streams: ['stdout'], signal: io.interrupted },
    );
  } finally {
    display.end();
  }
}
