import type { Clock, Dag } from '@rebatch/model';
import type { AttemptSpec } from '@rebatch/worker';
import type { Happening } from '../events/happening.ts';
import type { Recorder } from '../events/occurrence.ts';
import type { Executor } from '../executor/executor.ts';
import type { NodeSpec } from '../executor/nodes.ts';
import type { ClusterRow, NodeRow } from '../store/cluster-rows.ts';
import type { NewJob } from '../store/insert-job.ts';
import type { JobRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { TaskWait } from './explain.ts';
import type { modifyCluster, NodeAddress } from './fleet/cluster-commands.ts';
import type { Retention } from './retention.ts';

export interface SchedulerOptions {
  store: Store;
  executor: Executor;
  clock: Clock;
  /** Resolves everything that an attempt needs from its job's DAG. Must not throw. */
  specOf: (attempt: AttemptRequest) => AttemptSpec;
  /** Resolves everything that a cluster's machine needs; absent: there are no clusters. Must not throw. */
  nodeSpecOf?: (cluster: ClusterRow, node: NodeRow) => NodeSpec;
  /** Told what happened, after it was stored. */
  publish?: (happening: Happening) => void;
  /** Writes down what users may be told of, in the transaction that makes it true. */
  recorder?: Recorder;
  /** How much of the past is kept; all of it when absent. */
  retention?: Retention;
  /** Told when something could not be stored. What has happened is tried again, what was asked for is refused. */
  failed?: (error: unknown) => void;
  /** True when it made room on the disk for what could not be stored: then it is tried again at once. */
  makeRoom?: (error: unknown) => boolean;
  /** Runs a turn soon; `setImmediate` when absent. What comes until then shares one transaction. */
  defer?: (turn: () => void) => void;
}

export interface AttemptRequest {
  job: Pick<JobRow, 'id' | 'owner'>;
  dag: Dag;
  taskName: string;
  instanceId: number;
  attempt: number;
  /** The machine that it has, when its task runs on a cluster. */
  place?: { cluster: ClusterRow; node: NodeRow };
}

/** An idempotent create (spec/batchcompute-api.md §4.5). `fingerprint`: equal for equal requests. */
export interface SubmitToken {
  token: string;
  fingerprint: string;
}

/** Runs jobs. Every promise settles when the change is durable; refusals are WireErrors. */
export interface Scheduler {
  /** Reads the store, connects the executor and goes on where the last life ended. */
  start(): Promise<void>;
  /** Stores what has come, then lets go of the executor; sandboxes keep running. */
  close(): Promise<void>;
  /** Takes a job on and gives its id, or the id that the same request with the same token got before. */
  submit(job: NewJob, token?: SubmitToken): Promise<string>;
  stopJob(owner: string, jobId: string): Promise<void>;
  startJob(owner: string, jobId: string): Promise<void>;
  deleteJob(owner: string, jobId: string): Promise<void>;
  changePriority(owner: string, jobId: string, priority: number): Promise<void>;
  /** Takes a cluster on and gives its id, or the id that the same request with the same token got before. */
  createCluster(cluster: ClusterRow, token?: SubmitToken): Promise<string>;
  modifyCluster(request: Parameters<typeof modifyCluster>[2]): Promise<void>;
  deleteCluster(owner: string, clusterId: string): Promise<void>;
  deleteNode(owner: string, address: NodeAddress): Promise<void>;
  recreateNode(owner: string, address: NodeAddress): Promise<void>;
  /** False where the executor has no machines. */
  hasClusters(): boolean;
  /** Why a job that has work left gets nowhere now; "" when it does, or is over. */
  waitingReason(jobId: string): string;
  /** Why instances of the job wait, by task; of all its tasks or of one. */
  explain(jobId: string, taskName?: string): ReadonlyMap<string, TaskWait>;
  /** Limits or quotas may have changed: looks at what waits again. */
  rulesChanged(): void;
  /** Resolves when everything that has come so far is stored and its effects were asked for. */
  settled(): Promise<void>;
  /** Slots that are taken, and how many there are. */
  usage(): { busy: number; slots: number };
  /** Machines of clusters, and those that have an attempt. */
  nodes(): { all: number; busy: number };
}
