import type { AttemptOutcome } from '@rebatch/worker';

/** What can happen to a job. `at`: milliseconds since the epoch. */
export type JobEvent =
  /** An instance is handed to the executor: a new attempt begins. */
  | { type: 'dispatched'; task: string; number: number }
  | { type: 'started'; task: string; number: number; attempt: number; at: number; nodeIp: string }
  | { type: 'progress'; task: string; number: number; attempt: number; percent: number }
  | {
      type: 'ended';
      task: string;
      number: number;
      attempt: number;
      at: number;
      outcome: AttemptOutcome;
    }
  /** StopJob. */
  | { type: 'stop'; at: number }
  /** Something that the job needs is gone for good: it fails, as `message` says. */
  | { type: 'abandon'; at: number; message: string }
  /** StartJob. */
  | { type: 'resume' };
