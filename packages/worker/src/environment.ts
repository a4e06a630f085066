import { TASK_VARIABLE, type TaskFacts } from '@rebatch/launchers';
import { type SettledSpec, WORK_FOLDER } from './contract.ts';
import { markedForWindows } from './windows/windows-environment.ts';

/** PATH of Docker tasks: without /usr/local/bin (spec/batchcompute-api.md §11.1). */
const DOCKER_PATH = '/sbin:/usr/sbin:/bin:/usr/bin';

/**
 * Everything that a program finds in its environment (spec §11.1). `EnvVars` may set anything but the service's own
 * names; USER, HOME and PATH give way to it. VM tasks keep the image's PATH, Windows has its own of all three. The worker of
 * a task outside of clusters is its attempt.
 */
export function environment(spec: SettledSpec, ossHost: string): Record<string, string> {
  const service: Record<string, string> = {
    BATCH_COMPUTE_DAG_JOB_ID: spec.jobId,
    BATCH_COMPUTE_DAG_TASK_ID: spec.taskName,
    BATCH_COMPUTE_DAG_INSTANCE_ID: String(spec.instanceId),
    BATCH_COMPUTE_DAG_INSTANCE_COUNT: String(spec.instanceCount),
    BATCH_COMPUTE_OSS_HOST: ossHost,
    BATCH_COMPUTE_REGION: spec.region,
    [TASK_VARIABLE]: JSON.stringify(taskFacts(spec)),
    PWD: WORK_FOLDER[spec.contract],
  };
  const defaults: Record<string, string> = { USER: 'root', HOME: '/root' };
  if (spec.contract === 'docker') {
    defaults['PATH'] = DOCKER_PATH;
  } else {
    service['BATCH_COMPUTE_WORKER_ID'] = spec.id;
  }
  if (spec.clusterId !== undefined) service['BATCH_COMPUTE_CLUSTER_ID'] = spec.clusterId;
  if (spec.nodeId !== undefined) service['BATCH_COMPUTE_WORKER_ID'] = spec.nodeId;
  const own = spec.contract === 'windows' ? markedForWindows(spec.env) : spec.env;
  return Object.assign(Object.create(null), defaults, own, service);
}

/** What launchers want to know beyond the contract: which try it is, and where the object store shows local folders. */
function taskFacts({ attempt, timeoutSeconds, inputs, outputs }: SettledSpec): TaskFacts {
  return {
    attempt,
    timeoutSeconds,
    inputs: inputs.map(({ path, url }) => ({ path, url })),
    outputs: outputs.map(({ path, url }) => ({ path, url })),
  };
}
