import { integer, list, object, text } from '../batchcompute/wire-value.ts';

/** A failed instance whose sandbox is kept. */
export interface Reserved {
  jobId: string;
  taskName: string;
  instanceId: number;
  exitCode?: number;
  /** Why it was ended, or could not end well; "" when its program did that by itself. */
  reason: string;
  /** As the server writes times. */
  since: string;
  until: string;
}

export function readReserved(json: unknown): Reserved[] {
  return list(object(json).Items).map((item) => {
    const { JobId, TaskName, InstanceId, ExitCode, Reason, Since, Until } = object(item);
    return {
      jobId: text(JobId),
      taskName: text(TaskName),
      instanceId: integer(InstanceId),
      ...(ExitCode === undefined ? {} : { exitCode: integer(ExitCode) }),
      reason: text(Reason),
      since: text(Since),
      until: text(Until),
    };
  });
}
