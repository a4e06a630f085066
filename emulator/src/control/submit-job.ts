import {
  type Dag,
  expandApp,
  invalidParameter,
  type JobDescription,
  splitAppName,
  taskHints,
} from '@rebatch/model';
import { findApp } from './find-app.ts';
import { fingerprint } from './fingerprint.ts';
import type { ControlOptions } from './context.ts';
import type { Caller } from './control.ts';
import { resolveImage } from './image-names.ts';

/** POST /jobs (spec/batchcompute-api.md §7, §8). */
export async function submitJob(
  options: ControlOptions,
  caller: Caller,
  description: JobDescription,
  idempotentToken?: string,
): Promise<{ Id: string }> {
  const dag = dagOf(options, caller, description);
  for (const [name, task] of Object.entries(dag.Tasks)) {
    const path = description.Type === 'DAG' ? `DAG.Tasks.${name}` : 'App.Config';
    checkCluster(options, caller, task.ClusterId, `${path}.ClusterId`);
    checkCluster(options, caller, task.AutoCluster?.ClusterId, `${path}.AutoCluster.ClusterId`);
    resolveImage(options.images, caller.owner, task, description.Type === 'DAG' ? path : 'App');
    taskHints(task, description.Type === 'DAG' ? `${path}.Parameters.Command.EnvVars` : 'App.EnvVars');
  }
  const job = {
    id: options.newJobId(),
    owner: caller.owner,
    createdAt: options.clock.now(),
    description,
    dag,
  };
  const token =
    idempotentToken === undefined
      ? undefined
      : { token: idempotentToken, fingerprint: fingerprint(description) };
  return { Id: await options.scheduler.submit(job, token) };
}

function dagOf(options: ControlOptions, caller: Caller, description: JobDescription): Dag {
  if (description.Type === 'DAG') return description.DAG;
  const { AppName: appName } = description.App;
  const { scope, name } = splitAppName(appName);
  const app = findApp(options, caller, name, scope);
  if (app === undefined) {
    throw invalidParameter('App.AppName', `There is no App ${JSON.stringify(appName)}.`);
  }
  return expandApp(app.description, description);
}

/** A job that names a cluster which does not exist, or soon does not, could never run. */
function checkCluster(
  { store }: ControlOptions,
  { owner }: Caller,
  clusterId: string | undefined,
  path: string,
): void {
  if (clusterId === undefined || clusterId === '') return;
  const cluster = store.findCluster(clusterId);
  if (cluster?.owner === owner && cluster.state === 'Active') return;
  throw invalidParameter(path, `There is no cluster ${JSON.stringify(clusterId.slice(0, 200))}.`);
}
