import type { InstanceAddress } from '@rebatch/client';
import { CliError, UsageError } from '../cli-error.ts';
import type { Connection } from '../connection/connection.ts';
import { findJob } from '../connection/find-job.ts';

/**
 * The instance that JOB [TASK] [INSTANCE] name. Where task or instance are not named: the first one that runs, else the first
 * one that is kept.
 */
export async function findInstance(
  connection: Connection,
  [name, task, instance]: readonly (string | undefined)[],
): Promise<InstanceAddress> {
  if (name === undefined) throw new UsageError('JOB is missing');
  if (instance !== undefined && !/^\d{1,9}$/.test(instance)) {
    throw new UsageError(`"${instance}" is no instance: give its number`);
  }
  const jobId = await jobOf(connection, name);
  if (task !== undefined && instance !== undefined) {
    return { jobId, taskName: task, instanceId: Number(instance) };
  }
  const found = (await running(connection, jobId, task)) ?? (await kept(connection, jobId, task));
  if (found !== undefined) return found;
  const what = task === undefined ? jobId : `task ${task} of ${jobId}`;
  throw new CliError(
    `of ${what} no instance runs and none is kept: see "rebatch job ${jobId}" and "rebatch reserved"`,
  );
}

/** A job may be deleted and its sandboxes still be kept. */
async function jobOf(connection: Connection, name: string): Promise<string> {
  const reserved = name === 'last' ? [] : await connection.shells.reserved();
  if (reserved.some(({ jobId }) => jobId === name)) return name;
  return (await findJob(connection.jobs, name)).Id;
}

async function running(
  { jobs }: Connection,
  jobId: string,
  task: string | undefined,
): Promise<InstanceAddress | undefined> {
  for await (const { TaskName: taskName, State } of jobs.tasks(jobId)) {
    if (State !== 'Running' || (task !== undefined && taskName !== task)) continue;
    for await (const { InstanceId: instanceId } of jobs.instances(jobId, taskName, { state: 'Running' })) {
      return { jobId, taskName, instanceId };
    }
  }
  return undefined;
}

async function kept(
  { shells }: Connection,
  jobId: string,
  task: string | undefined,
): Promise<InstanceAddress | undefined> {
  const reserved = await shells.reserved();
  return reserved.find((one) => one.jobId === jobId && (task === undefined || one.taskName === task));
}
