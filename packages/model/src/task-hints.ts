import type { TaskDescription } from './descriptions.ts';
import { invalidParameter } from './errors.ts';
import { INSTANCE_ORDERS, type InstanceOrder } from './instance-order.ts';
import { MAX_LIMIT_NAMES } from './limits.ts';

/** What a task tells the service by variables, since the wire has no field for it. */
export interface TaskHints {
  order: InstanceOrder;
  /** Names of the limits that each of its attempts counts against, such as licences; sorted, each once. */
  limits: string[];
  /** Finished outputs are uploaded while the program still runs. */
  streamOutputs: boolean;
}

/** `number` (the default) or `preview-first`. */
export const ORDER_VARIABLE = 'REBATCH_INSTANCE_ORDER';
/** Names of limits, with commas or blanks between them. */
export const LIMITS_VARIABLE = 'REBATCH_LIMITS';
/** `true` or `false` (the default). */
export const STREAM_OUTPUTS_VARIABLE = 'REBATCH_STREAM_OUTPUTS';
/** How all variables of Rebatch's own begin, these and those of its launchers. */
export const OWN_VARIABLES = 'REBATCH_';

const LIMIT_NAME = /^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,63}$/;

/** True for what a limit may be called: 1 to 64 of `[a-zA-Z0-9_.-]`, beginning with none of `.-`. */
export function isLimitName(text: string): boolean {
  return LIMIT_NAME.test(text);
}

/**
 * Reads the hints from a task's EnvVars (those of its App, for an App job), else from its AutoCluster's UserData.
 * @param path where the variables are, for the error: `DAG.Tasks.render.Parameters.Command.EnvVars`
 * @throws Invalid{path}.{variable}
 */
export function taskHints(task: TaskDescription, path: string): TaskHints {
  return {
    order: readOrder(variable(task, ORDER_VARIABLE), `${path}.${ORDER_VARIABLE}`),
    limits: readLimits(variable(task, LIMITS_VARIABLE), `${path}.${LIMITS_VARIABLE}`),
    streamOutputs: readSwitch(variable(task, STREAM_OUTPUTS_VARIABLE), `${path}.${STREAM_OUTPUTS_VARIABLE}`),
  };
}

function variable(task: TaskDescription, name: string): string {
  const { EnvVars: variables } = task.Parameters.Command;
  const data = task.AutoCluster?.UserData ?? {};
  if (Object.hasOwn(variables, name)) return variables[name] ?? '';
  return Object.hasOwn(data, name) ? (data[name] ?? '') : '';
}

function readOrder(text: string, path: string): InstanceOrder {
  if (text === '') return 'number';
  const order = INSTANCE_ORDERS.find((known) => known === text);
  if (order === undefined) throw invalidParameter(path, `It must be one of [${INSTANCE_ORDERS.join(', ')}].`);
  return order;
}

function readSwitch(text: string, path: string): boolean {
  if (!['', 'true', 'false'].includes(text)) throw invalidParameter(path, 'It must be one of [true, false].');
  return text === 'true';
}

function readLimits(text: string, path: string): string[] {
  const names = [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))];
  if (names.length > MAX_LIMIT_NAMES)
    throw invalidParameter(path, `Its size must be in [0, ${MAX_LIMIT_NAMES}].`);
  if (!names.every(isLimitName)) {
    throw invalidParameter(
      path,
      'It must be names of 1 to 64 characters within [a-zA-Z0-9_.-], with commas between them.',
    );
  }
  return names.toSorted();
}
