import { type ObjectStore, storeOf } from '../store/object-store.ts';
import { type MappedFolder, mappedFolder } from './remote-place.ts';
import { readTaskFacts, type TaskFacts } from './task-facts.ts';

/** A task of the service that can reach the object store. */
export interface RemoteTask {
  readonly job: string;
  readonly task: string;
  readonly facts: TaskFacts;
  readonly store: ObjectStore;
  /** What the output folder is uploaded with. */
  readonly outputs: MappedFolder;
}

/** The task that this program is, or one sentence on why it cannot reach what is uploaded from `outputDir` (absolute). */
export function remoteTask(env: NodeJS.ProcessEnv, outputDir: string): RemoteTask | { trouble: string } {
  const facts = readTaskFacts(env);
  const job = env['BATCH_COMPUTE_DAG_JOB_ID'] ?? '';
  const task = env['BATCH_COMPUTE_DAG_TASK_ID'] ?? '';
  if (facts === undefined || job === '' || task === '') return { trouble: 'this is no task of the service' };
  const outputs = mappedFolder(facts.outputs, outputDir);
  if (outputs === undefined) return { trouble: `no output of the job is uploaded from ${outputDir}` };
  const store = storeOf(env);
  if (store === undefined) return { trouble: 'there is no key of the object store in the environment' };
  return { job, task, facts, store, outputs };
}
