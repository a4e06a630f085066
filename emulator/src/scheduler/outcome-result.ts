import type { AttemptOutcome } from '@rebatch/worker';
import type { InstanceRow } from '../store/rows.ts';

type Result = Pick<InstanceRow, 'exitCode' | 'errorCode' | 'errorMessage' | 'detail'>;

/**
 * What an instance says about its last attempt. ErrorCode and Detail stay "" on success: clients take any other text
 * for a failure (spec/batchcompute-api.md §10.5).
 */
export function outcomeResult(outcome: AttemptOutcome): Result {
  switch (outcome.kind) {
    case 'exited':
      return outcome.exitCode === 0
        ? { exitCode: 0, errorCode: '', errorMessage: '', detail: '' }
        : {
            exitCode: outcome.exitCode,
            errorCode: 'ProgramFailed',
            errorMessage: `the program ended with exit code ${outcome.exitCode}`,
            detail: '',
          };
    case 'killed':
      return { exitCode: outcome.exitCode, ...KILLED[outcome.reason], detail: '' };
    case 'failed':
      // No program ended, so there is no exit code; -1 tells it from a success.
      return { exitCode: -1, errorCode: outcome.code, errorMessage: outcome.message, detail: '' };
    case 'lost':
      return { exitCode: -1, errorCode: 'Lost', errorMessage: outcome.message, detail: '' };
    case 'stopped':
    default:
      return { exitCode: -1, errorCode: 'Stopped', errorMessage: 'the attempt was stopped', detail: '' };
  }
}

const KILLED = {
  timeout: { errorCode: 'Timeout', errorMessage: 'the program ran longer than its Timeout and was killed' },
  oom: { errorCode: 'OutOfMemory', errorMessage: 'the program used more memory than it may and was killed' },
  signal: { errorCode: 'Killed', errorMessage: 'the program was killed by a signal' },
} as const;
