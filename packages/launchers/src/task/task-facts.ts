/** Variable in which the service tells launchers, as JSON, what the contract has no variable for. */
export const TASK_VARIABLE = 'REBATCH_TASK';

export interface TaskFacts {
  /** Of the instance: 0, 1, 2 …, never the same twice, also when the job is started again. */
  readonly attempt: number;
  /** The program is stopped so long after its start. */
  readonly timeoutSeconds: number;
  readonly inputs: readonly FolderMapping[];
  readonly outputs: readonly FolderMapping[];
}

/** A local file or folder and its `oss://` URL, as the job names them. */
export interface FolderMapping {
  readonly path: string;
  readonly url: string;
}

/** The facts in {@link TASK_VARIABLE}; undefined by hand, without the service, and for a text that is none of its own. */
export function readTaskFacts(env: NodeJS.ProcessEnv): TaskFacts | undefined {
  let value: unknown;
  try {
    value = JSON.parse(env[TASK_VARIABLE] ?? '');
  } catch {
    return undefined;
  }
  return isTaskFacts(value) ? value : undefined;
}

function isTaskFacts(value: unknown): value is TaskFacts {
  return (
    typeof value === 'object' &&
    value !== null &&
    'attempt' in value &&
    Number.isInteger(value.attempt) &&
    'timeoutSeconds' in value &&
    typeof value.timeoutSeconds === 'number' &&
    'inputs' in value &&
    isMappings(value.inputs) &&
    'outputs' in value &&
    isMappings(value.outputs)
  );
}

function isMappings(value: unknown): value is FolderMapping[] {
  return (
    Array.isArray(value) &&
    value.every(
      (entry: unknown) =>
        typeof entry === 'object' &&
        entry !== null &&
        'path' in entry &&
        typeof entry.path === 'string' &&
        'url' in entry &&
        typeof entry.url === 'string',
    )
  );
}
