import type { Dag, JobDescription, TaskDescription } from '../descriptions.ts';
import { record } from '../record.ts';
import { renderAutoCluster } from './render-auto-cluster.ts';
import { renderNotification } from './render-notification.ts';

/**
 * The answer to GET /jobs/{Id}?description: what was submitted, defaults filled, with the placeholders that clients read
 * without a check (spec/batchcompute-api.md §10.5, §18; spec/clients.md §3.5). Parsing it gives the description again.
 */
export function renderJobDescription(
  description: JobDescription,
  id: string,
): JobDescription & { Id: string } {
  const common = { Id: id, Notification: renderNotification(description.Notification) };
  if (description.Type === 'DAG') return { ...description, ...common, DAG: renderDag(description.DAG) };
  const { App: app } = description;
  return {
    ...description,
    ...common,
    App: { ...app, Logging: { StdoutPath: '', StderrPath: '', ...app.Logging } },
  };
}

function renderDag({ Tasks, Dependencies }: Dag): Dag {
  return {
    Tasks: record(Object.entries(Tasks).map(([name, task]) => [name, renderTask(task)] as const)),
    Dependencies,
  };
}

/** ClusterId and AutoCluster are both there, one of them without content. */
function renderTask(task: TaskDescription): TaskDescription {
  const { Parameters: parameters } = task;
  return {
    ...task,
    ClusterId: task.ClusterId ?? '',
    AutoCluster: renderAutoCluster(task.AutoCluster),
    Parameters: {
      StdoutRedirectPath: '',
      StderrRedirectPath: '',
      ...parameters,
      Command: { PackagePath: '', ...parameters.Command },
    },
  };
}
