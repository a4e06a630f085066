import { type InstanceOrder, type JobDescription, parseJobDescription } from '@rebatch/model';

export interface TaskShape {
  instances?: number;
  retries?: number;
  /** Names of the tasks that start after this one. */
  before?: string[];
  timeout?: number;
  order?: InstanceOrder;
  /** Names of limits, with commas between them. */
  limits?: string;
  clusterId?: string;
  outputs?: Record<string, string>;
}

/** A DAG job as a client would send it, parsed. */
export function dagJob(tasks: Record<string, TaskShape>, more: Record<string, unknown> = {}): JobDescription {
  return parseJobDescription({
    Name: 'job',
    Type: 'DAG',
    ...more,
    DAG: {
      Tasks: Object.fromEntries(
        Object.entries(tasks).map(([name, task]) => [
          name,
          {
            InstanceCount: task.instances ?? 1,
            MaxRetryCount: task.retries ?? 0,
            Timeout: task.timeout ?? 3600,
            ClusterId: task.clusterId ?? '',
            OutputMapping: task.outputs ?? {},
            Parameters: {
              Command: {
                CommandLine: 'true',
                EnvVars: {
                  ...(task.order === undefined ? {} : { REBATCH_INSTANCE_ORDER: task.order }),
                  ...(task.limits === undefined ? {} : { REBATCH_LIMITS: task.limits }),
                },
              },
              StdoutRedirectPath: 'oss://logs/out',
              StderrRedirectPath: 'oss://logs/err/',
            },
          },
        ]),
      ),
      Dependencies: Object.fromEntries(
        Object.entries(tasks).flatMap(([name, { before }]) => (before === undefined ? [] : [[name, before]])),
      ),
    },
  });
}
