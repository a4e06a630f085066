import type { JobDraft } from '@rebatch/client';
import type { AuditedJob } from './audit.ts';

export type SimulatedTasks = AuditedJob['tasks'];

/**
 * A DAG job for the simulated executor; its programs fail as REBATCH_SIMULATE says and are retried until they do not.
 * `clusterId`: of the cluster that it runs on, instead of free slots.
 */
export function simulatedJob(tasks: SimulatedTasks, clusterId?: string): JobDraft {
  const dependencies: Record<string, string[]> = {};
  for (const [name, { after = [] }] of Object.entries(tasks)) {
    for (const before of after) (dependencies[before] ??= []).push(name);
  }
  return {
    Name: 'simulated',
    Type: 'DAG',
    DAG: {
      Tasks: Object.fromEntries(
        Object.entries(tasks).map(([name, { instances }]) => [
          name,
          {
            InstanceCount: instances,
            MaxRetryCount: 50,
            Timeout: 86_400,
            ...(clusterId === undefined
              ? { AutoCluster: { ImageId: 'img-ubuntu' } }
              : { ClusterId: clusterId }),
            Parameters: { Command: { CommandLine: 'true' } },
          },
        ]),
      ),
      Dependencies: dependencies,
    },
  };
}

/** `length` tasks of one instance, each after the one before. */
export function chainOf(length: number): SimulatedTasks {
  return Object.fromEntries(
    Array.from({ length }, (_, n) => [
      `step${n}`,
      { instances: 1, ...(n === 0 ? {} : { after: [`step${n - 1}`] }) },
    ]),
  );
}
