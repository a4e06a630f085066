import { formatTime, type InstanceView, type JobView, type Metrics, type TaskView } from '@rebatch/model';
import type { TaskWait } from '../scheduler/explain.ts';
import type { Counts, InstanceRow, JobRow, TaskRow } from '../store/rows.ts';
import type { RunningTask } from './describe-task.ts';
import { type InstanceName, logUrl } from './log-urls.ts';

const time = (ms: number | null): string => formatTime(ms ?? undefined);

/** spec/batchcompute-api.md §10.5. `waitingReason`: said when the job itself has no message. */
export function jobView(
  job: JobRow,
  counts: { tasks: Counts; instances: Counts },
  waitingReason: string,
): JobView {
  return {
    Id: job.id,
    Name: job.name,
    Owner: job.owner,
    OwnerId: Number(job.owner),
    Priority: job.priority,
    State: job.state,
    Message: job.message === '' ? waitingReason : job.message,
    CreationTime: time(job.createdAt),
    StartTime: time(job.startedAt),
    EndTime: time(job.endedAt),
    TaskMetrics: metrics(counts.tasks),
    InstanceMetrics: metrics(counts.instances),
  };
}

/** `wait`: why its waiting instances wait. */
export function taskView(task: TaskRow, wait: TaskWait | undefined): TaskView {
  return {
    TaskName: task.name,
    State: task.state,
    StartTime: time(task.startedAt),
    EndTime: time(task.endedAt),
    InstanceMetrics: metrics(task.counts),
    Message: wait?.reason ?? '',
  };
}

export function instanceView(
  name: InstanceName,
  instance: InstanceRow,
  { task, outputs }: RunningTask,
  wait: TaskWait | undefined,
): InstanceView {
  const { StdoutRedirectPath: stdout, StderrRedirectPath: stderr } = task.Parameters;
  const { exitCode, errorCode, errorMessage, detail } = instance;
  const isWaiting = instance.phase === 'Waiting' || instance.phase === 'Dispatched';
  return {
    InstanceId: instance.number,
    // Handed over, but its program has not started.
    State: instance.phase === 'Dispatched' ? 'Waiting' : instance.phase,
    StartTime: time(instance.startedAt),
    EndTime: time(instance.endedAt),
    RetryCount: instance.retries,
    Progress: instance.progress,
    StdoutRedirectPath: logUrl(stdout, 'stdout', name) ?? '',
    StderrRedirectPath: logUrl(stderr, 'stderr', name) ?? '',
    NodeIp: instance.nodeIp,
    Result: { ExitCode: exitCode, ErrorCode: errorCode, ErrorMessage: errorMessage, Detail: detail },
    Error: { Code: errorCode, Message: errorMessage },
    Message: isWaiting ? (wait?.instances.get(instance.number) ?? wait?.reason ?? '') : '',
    Outputs: instance.phase === 'Finished' ? outputs : {},
  };
}

function metrics(counts: Counts): Metrics {
  return {
    WaitingCount: counts.waiting,
    RunningCount: counts.running,
    FinishedCount: counts.finished,
    FailedCount: counts.failed,
    StoppedCount: counts.stopped,
  };
}
