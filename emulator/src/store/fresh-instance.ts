import { isFinal, type State } from '@rebatch/model';
import type { InstanceRow } from './rows.ts';

/** What no attempt has left anything in yet. */
export const UNTOUCHED = {
  failures: 0,
  retries: 0,
  progress: 0,
  startedAt: null,
  endedAt: null,
  nodeIp: '',
  exitCode: 0,
  errorCode: '',
  errorMessage: '',
  detail: '',
} as const;

/** What an instance without a row looks like: it has not left Waiting, and never will once its task is over. */
export function freshInstance(number: number, taskState: State): InstanceRow {
  return { ...UNTOUCHED, number, phase: isFinal(taskState) ? 'Stopped' : 'Waiting', attempt: -1 };
}
