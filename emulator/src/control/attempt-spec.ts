import { instanceType, attemptId, type Dag, type Mounts, type TaskDescription } from '@rebatch/model';
import type { AttemptSpec } from '@rebatch/worker';
import type { AttemptRequest } from '../scheduler/scheduler.ts';
import { type ImageNames, resolveAcceptedImage } from './image-names.ts';
import { logUrl, mappedLogUrl } from './log-urls.ts';

export interface AttemptSpecOptions {
  region: string;
  images: ImageNames;
  /** Give an attempt what its InstanceType says, and no more. */
  strictSizes: boolean;
}

const BYTES_PER_GB = 1024 ** 3;

/** Makes the function that resolves an attempt from its job's DAG: no default and no image id is left in what it gives. */
export function attemptSpecs(options: AttemptSpecOptions): (request: AttemptRequest) => AttemptSpec {
  return (request) => attemptSpec(options, request);
}

function attemptSpec(options: AttemptSpecOptions, request: AttemptRequest): AttemptSpec {
  const { job, dag, taskName, instanceId, attempt } = request;
  const task = taskOf(dag, taskName);
  const { Parameters: parameters } = task;
  const { Command: command } = parameters;
  const instance = { jobId: job.id, taskName, instanceId };
  const resources = options.strictSizes ? sizeOf(task) : undefined;
  return {
    id: attemptId({ ...instance, attempt }),
    ...instance,
    attempt,
    instanceCount: task.InstanceCount,
    owner: job.owner,
    ...resolveAcceptedImage(options.images, job.owner, task),
    commandLine: command.CommandLine,
    env: { ...command.EnvVars },
    ...(command.PackagePath === undefined ? {} : { packageUrl: command.PackagePath }),
    inputs: inputsOf(task),
    outputs: Object.entries(task.OutputMapping).map(([path, url]) => ({ path, url })),
    logs: Object.entries(task.LogMapping).map(([path, url]) => ({
      path,
      url: mappedLogUrl(url, path, instance),
    })),
    ...optional('stdoutUrl', logUrl(parameters.StdoutRedirectPath, 'stdout', instance)),
    ...optional('stderrUrl', logUrl(parameters.StderrRedirectPath, 'stderr', instance)),
    timeoutSeconds: task.Timeout,
    ...(resources === undefined ? {} : { resources }),
    region: options.region,
  };
}

function taskOf(dag: Dag, name: string): TaskDescription {
  const task = Object.hasOwn(dag.Tasks, name) ? dag.Tasks[name] : undefined;
  if (task === undefined) throw new Error(`The job has no task ${name}, though the store has.`);
  return task;
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  const found: { [P in K]?: string } = {};
  if (value !== undefined) found[key] = value;
  return found;
}

/** InputMapping, then mounts of the task, then those of its AutoCluster; what comes first has its place. */
function inputsOf(task: TaskDescription): AttemptSpec['inputs'] {
  const mapped = Object.entries(task.InputMapping).map(([url, path]) => ({
    url,
    path,
    writable: task.WriteSupport,
  }));
  const places = new Map<string, AttemptSpec['inputs'][number]>();
  for (const input of [
    ...mapped,
    ...entriesOf(task.Mounts),
    ...entriesOf(task.AutoCluster?.Configs?.Mounts),
  ]) {
    const place = input.path.replace(/\/$/, '');
    if (!places.has(place)) places.set(place, input);
  }
  return [...places.values()];
}

function entriesOf(mounts: Mounts | undefined): AttemptSpec['inputs'] {
  return (mounts?.Entries ?? []).map((entry) => ({
    url: entry.Source,
    path: entry.Destination,
    writable: entry.WriteSupport,
  }));
}

function sizeOf(task: TaskDescription): AttemptSpec['resources'] {
  const type = instanceType(task.AutoCluster?.InstanceType ?? '');
  return type && { cpus: type.cpus, memoryBytes: type.memoryGb * BYTES_PER_GB };
}
