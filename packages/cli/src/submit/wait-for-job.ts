import type { JobView } from '@rebatch/model';
import { isFinal } from '@rebatch/model';
import { formatCounts, instanceTrouble } from '../commands/job-text.ts';
import type { Connection } from '../connection/connection.ts';
import { followJob } from '../follow/follow-job.ts';
import { failedInstances } from '../follow/failed-instances.ts';
import type { Io } from '../io.ts';
import { LiveDisplay } from '../terminal/live-display.ts';
import { printable } from '../terminal/printable.ts';

/**
 * Follows a job to its end: what its programs write goes to standard output and standard error, its state below it.
 * @returns 0 when it finished, 1 otherwise; also after Ctrl-C, which leaves the job alone
 */
export async function waitForJob(connection: Connection, jobId: string, io: Io): Promise<number> {
  const display = new LiveDisplay(io);
  let told = '';
  try {
    const ended = await followJob(
      connection,
      jobId,
      {
        job: (job) => {
          if (isFinal(job.State)) return;
          const text = stateText(job);
          display.status(text);
          if (!display.interactive && text !== told) display.line(text);
          told = text;
        },
        line: ({ task, instance, stream }, line) => {
          display.clear();
          const text = `[${task}.${instance}] ${line}\n`;
          if (stream === 'stdout') void io.out(text);
          else io.err(text);
        },
        away: (error) => display.line(`${error.message}; waiting for it`),
      },
      { streams: ['stdout', 'stderr'], signal: io.interrupted },
    );
    display.clear();
    if (ended.State === 'Finished') {
      io.err(`${jobId} finished: ${formatCounts(ended.InstanceMetrics)}\n`);
      return 0;
    }
    io.err(
      `${jobId} ${ended.State.toLowerCase()}: ${printable(ended.Message || formatCounts(ended.InstanceMetrics))}\n`,
    );
    for (const { task, instance } of await failedInstances(connection.jobs, jobId, 5)) {
      io.err(`  ${task}.${instance.InstanceId}: ${printable(instanceTrouble(instance))}\n`);
    }
    return 1;
  } catch (error) {
    display.clear();
    if (!io.interrupted.aborted) throw error;
    io.err(`${jobId} goes on; follow it: rebatch logs ${jobId} -f; stop it: rebatch stop ${jobId}\n`);
    return 1;
  }
}

function stateText(job: JobView): string {
  const reason = job.Message === '' ? '' : `: ${job.Message}`;
  return printable(`${job.State.toLowerCase()}, ${formatCounts(job.InstanceMetrics)}${reason}`);
}
