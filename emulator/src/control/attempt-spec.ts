import { instanceType, attemptId, type Dag, type TaskDescription } from '@rebatch/model';
import type { AttemptSpec } from '@rebatch/worker';
import type { AttemptRequest } from '../scheduler/scheduler.ts';
import { charsetOf, mountsOf, gpusOf, nodeImage, nodeSize, nodeType } from './clusters/node-spec.ts';
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
  const { job, dag, taskName, instanceId, attempt, place } = request;
  const task = taskOf(dag, taskName);
  const { Parameters: parameters } = task;
  const { Command: command } = parameters;
  const instance = { jobId: job.id, taskName, instanceId };
  const resolved = resolveAcceptedImage(options.images, job.owner, task);
  const resources = options.strictSizes ? sizeOf(task, place) : undefined;
  // The task's word counts more than its cluster's (spec/batchcompute-api.md §11.1).
  const env = { ...place?.cluster.description.EnvVars, ...command.EnvVars };
  const ofCluster = mountsOf(place?.cluster.description.Configs?.Mounts, env);
  return {
    id: attemptId({ ...instance, attempt }),
    ...instance,
    attempt,
    instanceCount: task.InstanceCount,
    owner: job.owner,
    ...resolved,
    ...(place === undefined ? {} : { clusterId: place.cluster.id, nodeId: place.node.id }),
    ...(place !== undefined && resolved.contract === 'vm'
      ? { image: nodeImage(options, place.cluster, place.node) }
      : {}),
    commandLine: command.CommandLine,
    env,
    ...(command.PackagePath === undefined ? {} : { packageUrl: command.PackagePath }),
    inputs: inputsOf(task, env, ofCluster),
    ...charsetOf(parameters.InputMappingConfig.Locale, env),
    outputs: Object.entries(task.OutputMapping).map(([path, url]) => ({ path, url })),
    logs: Object.entries(task.LogMapping).map(([path, url]) => ({
      path,
      url: mappedLogUrl(url, path, instance),
    })),
    ...optional('stdoutUrl', logUrl(parameters.StdoutRedirectPath, 'stdout', instance)),
    ...optional('stderrUrl', logUrl(parameters.StderrRedirectPath, 'stderr', instance)),
    timeoutSeconds: task.Timeout,
    ...(task.AutoCluster?.ReserveOnFail === true && place === undefined ? { keepOnFail: true } : {}),
    ...(resources === undefined ? {} : { resources }),
    ...gpusOf(typeName(task, place), options.strictSizes),
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

/**
 * InputMapping, then mounts of the task, then those of its (Auto)Cluster; what comes first has its place. It may be written
 * to if any that shows the same there says so.
 */
function inputsOf(
  task: TaskDescription,
  env: AttemptSpec['env'],
  ofCluster: AttemptSpec['inputs'],
): AttemptSpec['inputs'] {
  const mapped = Object.entries(task.InputMapping).map(([url, path]) => ({
    url,
    path,
    writable: task.WriteSupport,
    ...charsetOf(task.Parameters.InputMappingConfig.Locale, env),
  }));
  const places = new Map<string, AttemptSpec['inputs'][number]>();
  for (const input of [
    ...mapped,
    ...mountsOf(task.Mounts, env),
    ...mountsOf(task.AutoCluster?.Configs?.Mounts, env),
    ...ofCluster,
  ]) {
    const place = input.path.replace(/\/$/, '');
    const first = places.get(place) ?? input;
    const writable = first.writable || (first.url === input.url && input.writable);
    places.set(place, { ...first, writable });
  }
  return [...places.values()];
}

function typeName(task: TaskDescription, place: AttemptRequest['place']): string {
  return place === undefined ? (task.AutoCluster?.InstanceType ?? '') : nodeType(place.cluster, place.node);
}

function sizeOf(task: TaskDescription, place: AttemptRequest['place']): AttemptSpec['resources'] {
  if (place !== undefined) return nodeSize(place.cluster, place.node);
  const type = instanceType(task.AutoCluster?.InstanceType ?? '');
  return type && { cpus: type.cpus, memoryBytes: type.memoryGb * BYTES_PER_GB };
}
