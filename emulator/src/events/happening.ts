import type { State } from '@rebatch/model';
import type { AttemptOutcome } from '@rebatch/worker';

/** What happened, to whom; told after it was stored. Times in milliseconds. */
export type Happening =
  /** `from`: "" for a new job. */
  | { type: 'job'; jobId: string; owner: string; from: State | ''; to: State }
  /** It was deleted; `outputs`: URLs of where the outputs of its tasks went, each once. */
  | { type: 'job'; jobId: string; owner: string; from: State; to: ''; outputs: readonly string[] }
  /** `afterMs`: since the instances of its task could have gone. */
  | { type: 'dispatched'; attemptId: string; owner: string; afterMs: number }
  /** `afterMs`: from its dispatch until its program ran. */
  | { type: 'started'; attemptId: string; owner: string; afterMs: number }
  /** Of a cluster, or of a machine of it (spec/batchcompute-api.md §15). */
  | {
      type: 'cluster';
      event: 'OnClusterDeleted' | 'OnInstanceCreated' | 'OnInstanceActive';
      clusterId: string;
      owner: string;
      group?: string;
      nodeId?: string;
    }
  | { type: 'ended'; attemptId: string; owner: string; outcome: AttemptOutcome };
