import { isFinal, type State } from '@rebatch/model';
import type { InstanceRow } from './rows.ts';

/** What an instance without a row looks like: it has not left Waiting, and never will once its task is over. */
export function freshInstance(number: number, taskState: State): InstanceRow {
  return {
    number,
    phase: isFinal(taskState) ? 'Stopped' : 'Waiting',
    attempt: -1,
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
  };
}
