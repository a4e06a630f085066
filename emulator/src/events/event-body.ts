import { formatTime } from '@rebatch/model';
import type { Occurrence } from './occurrence.ts';

const time = (ms: number | null): string => formatTime(ms ?? undefined);

/**
 * The message of a job's event (spec/batchcompute-api.md §15). What the documents say of OnJob* comes first; what they
 * leave open follows the same pattern: the names, the state and the times of the thing itself.
 */
export function eventBody({ name, job, task, instance }: Occurrence, at: number): Record<string, unknown> {
  const thing = instance ?? task ?? job;
  return {
    Category: 'Job',
    JobId: job.id,
    JobName: job.name,
    ...(task === undefined ? {} : { TaskName: task.name }),
    ...(instance === undefined ? {} : { InstanceId: instance.number }),
    Event: name,
    State: instance === undefined ? (task ?? job).state : name.slice('OnInstance'.length),
    CreationTime: time(job.createdAt),
    StartTime: time(thing.startedAt),
    EndTime: time(thing.endedAt),
    Priority: job.priority,
    Message: instance === undefined ? job.message : instance.errorMessage,
    ...(instance === undefined ? {} : { ExitCode: instance.exitCode, RetryCount: instance.retries }),
    EventTime: formatTime(at),
  };
}
