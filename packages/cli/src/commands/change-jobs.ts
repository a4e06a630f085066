import type { BatchComputeClient } from '@rebatch/client';
import { UsageError } from '../cli-error.ts';
import type { Command } from '../command.ts';
import { withConnection } from '../connection/connection.ts';
import { findJob } from '../connection/find-job.ts';
import { describeError } from '../describe-error.ts';
import { CONNECTION_OPTIONS } from '../options/option-spec.ts';

export const stopCommand = changeJobs(
  'stop',
  'Stops jobs that wait or run. Their running programs are killed; "rebatch start" goes on with what is not finished.',
  'stopped',
  async (client, id) => client.stopJob(id),
);

export const startCommand = changeJobs(
  'start',
  'Starts jobs again that were stopped or failed. Instances that are finished are not run again.',
  'started',
  async (client, id) => client.startJob(id),
);

export const deleteCommand = changeJobs(
  'delete',
  'Deletes jobs that are over. Their logs and results stay in the object store.',
  'deleted',
  async (client, id) => client.deleteJob(id),
);

function changeJobs(
  verb: string,
  about: string,
  done: string,
  change: (client: BatchComputeClient, id: string) => Promise<void>,
): Command {
  return {
    usage: [`${verb} JOB...`],
    about: `${about} JOB is an id, or "last" for the newest job.`,
    options: CONNECTION_OPTIONS,
    async run(options, io) {
      const names = options.positionals;
      if (names.length === 0) throw new UsageError('JOB is missing');
      return withConnection(options, io, async (connection) => {
        let exitCode = 0;
        for (const name of names) {
          // One that cannot be changed does not keep the others from it.
          try {
            const { Id: id } = await findJob(connection.jobs, name);
            await change(connection.jobs, id);
            await io.out(`${id} ${done}\n`);
          } catch (error) {
            if (names.length === 1) throw error;
            io.err(`rebatch: ${name}: ${describeError(error).line}\n`);
            exitCode = 1;
          }
        }
        return exitCode;
      });
    },
  };
}
