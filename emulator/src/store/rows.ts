import type { State } from '@rebatch/model';

/** Instances of a task (or tasks of a job) by state. They always add up to the whole. */
export interface Counts {
  waiting: number;
  running: number;
  finished: number;
  failed: number;
  stopped: number;
}

/** Times are milliseconds since the epoch; null: not yet. */
export interface JobRow {
  /** Order of creation. */
  seq: number;
  id: string;
  owner: string;
  name: string;
  priority: number;
  state: State;
  message: string;
  failOnInstanceFail: boolean;
  autoRelease: boolean;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
}

export interface TaskRow {
  rowId: number;
  jobSeq: number;
  name: string;
  state: State;
  instanceCount: number;
  maxRetryCount: number;
  clusterId: string;
  predecessors: string[];
  counts: Counts;
  /** The lowest instance number that has no row: it and all above never left Waiting. */
  cursor: number;
  startedAt: number | null;
  endedAt: number | null;
}

/** `Dispatched`: handed to the executor, its program not started yet; the wire calls it Waiting. */
export type Phase = State | 'Dispatched';

export interface InstanceRow {
  number: number;
  phase: Phase;
  /** Number of the last attempt, over the whole life of the instance; -1 before the first. */
  attempt: number;
  /** Attempts that failed by the program's own fault since the job was last started. */
  failures: number;
  /** Attempts made after the first since the job was last started, whatever the reason. */
  retries: number;
  /** 0 to 100. */
  progress: number;
  startedAt: number | null;
  endedAt: number | null;
  nodeIp: string;
  exitCode: number;
  errorCode: string;
  errorMessage: string;
  detail: string;
}

export interface AccessKeyRow {
  id: string;
  secret: string;
  /** Account number, decimal. */
  owner: string;
  enabled: boolean;
  createdAt: number;
}
