import {
  type Dag,
  expandApp,
  invalidParameter,
  type JobDescription,
  splitAppName,
  taskHints,
} from '@rebatch/model';
import type { ControlOptions } from './context.ts';
import type { Caller } from './control.ts';
import { findApp } from './find-app.ts';
import { checkNas, nasUrlsOf } from './check-nas.ts';
import { resolveImage } from './image-names.ts';

/** What a job would run, and the container image of each task. */
export interface ResolvedJob {
  dag: Dag;
  images: ReadonlyMap<string, string>;
}

/**
 * What a description stands for: its App is expanded, and everything that it names is there.
 *
 * @throws WireError naming the field whose App, cluster, image or hint is not to be had
 */
export function resolveJob(
  options: Pick<ControlOptions, 'store' | 'images' | 'nas'>,
  caller: Caller,
  description: JobDescription,
): ResolvedJob {
  const dag = dagOf(options, caller, description);
  const images = new Map<string, string>();
  for (const [name, task] of Object.entries(dag.Tasks)) {
    const path = description.Type === 'DAG' ? `DAG.Tasks.${name}` : 'App.Config';
    checkCluster(options, caller, task.ClusterId, `${path}.ClusterId`);
    checkCluster(options, caller, task.AutoCluster?.ClusterId, `${path}.AutoCluster.ClusterId`);
    const { image } = resolveImage(
      options.images,
      caller.owner,
      task,
      description.Type === 'DAG' ? path : 'App',
    );
    images.set(name, image);
    checkNas(options.nas, caller.owner, nasUrlsOf(task, path));
    taskHints(task, description.Type === 'DAG' ? `${path}.Parameters.Command.EnvVars` : 'App.EnvVars');
  }
  return { dag, images };
}

function dagOf(options: Pick<ControlOptions, 'store'>, caller: Caller, description: JobDescription): Dag {
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
  { store }: Pick<ControlOptions, 'store'>,
  { owner }: Caller,
  clusterId: string | undefined,
  path: string,
): void {
  if (clusterId === undefined || clusterId === '') return;
  const cluster = store.findCluster(clusterId);
  if (cluster?.owner === owner && cluster.state === 'Active') return;
  throw invalidParameter(path, `There is no cluster ${JSON.stringify(clusterId.slice(0, 200))}.`);
}
