import { LaunchError } from '../launch-error.ts';

/** Which of how many instances this is. */
export interface Instance {
  readonly instance: number;
  readonly of: number;
}

/**
 * By the numbers that the service gives each instance (spec/render.md §2); by hand, without them, there is one.
 * @throws LaunchError (wrong usage)
 */
export function readInstance(env: NodeJS.ProcessEnv): Instance {
  const of = readNumber(env, 'BATCH_COMPUTE_DAG_INSTANCE_COUNT', 1);
  const instance = readNumber(env, 'BATCH_COMPUTE_DAG_INSTANCE_ID', 0);
  if (instance >= of) {
    throw new LaunchError(2, `this is instance ${instance} of ${of}; instances count from 0`);
  }
  return { instance, of };
}

function readNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  if (!/^\d{1,9}$/.test(text)) {
    throw new LaunchError(2, `${name} is ${JSON.stringify(text)}; a whole number would fit`);
  }
  return Number(text);
}
