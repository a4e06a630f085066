import { STATES, type State } from '@rebatch/model';
import type { AccessKeyRow, Counts, InstanceRow, JobRow, TaskRow } from './rows.ts';
import { StoreError } from './store-error.ts';

/** A row as node:sqlite gives it. */
export type SqlRow = Record<string, unknown>;

const time = (value: unknown): number | null => (value === null ? null : Number(value));

/** @throws {StoreError} when the column holds something else: the file was written by another program. */
export function toState(value: unknown): State {
  const state = STATES.find((known) => known === value);
  if (state === undefined) throw new StoreError(`The store holds an unknown state: ${String(value)}.`);
  return state;
}

function parseNames(value: unknown): string[] {
  // Written by insert-job from a list of names.
  const names: string[] = JSON.parse(String(value));
  return names;
}

export function toAccessKey(row: SqlRow): AccessKeyRow {
  return {
    id: String(row['id']),
    secret: String(row['secret']),
    owner: String(row['owner']),
    enabled: row['enabled'] === 1,
    createdAt: Number(row['created_at']),
  };
}

export function toJob(row: SqlRow): JobRow {
  return {
    seq: Number(row['seq']),
    id: String(row['id']),
    owner: String(row['owner']),
    name: String(row['name']),
    priority: Number(row['priority']),
    state: toState(row['state']),
    message: String(row['message']),
    failOnInstanceFail: row['fail_on_instance_fail'] === 1,
    autoRelease: row['auto_release'] === 1,
    createdAt: Number(row['created_at']),
    startedAt: time(row['started_at']),
    endedAt: time(row['ended_at']),
  };
}

export function toCounts(row: SqlRow): Counts {
  return {
    waiting: Number(row['waiting']),
    running: Number(row['running']),
    finished: Number(row['finished']),
    failed: Number(row['failed']),
    stopped: Number(row['stopped']),
  };
}

export function toTask(row: SqlRow): TaskRow {
  return {
    rowId: Number(row['row_id']),
    jobSeq: Number(row['job_seq']),
    name: String(row['name']),
    state: toState(row['state']),
    instanceCount: Number(row['instance_count']),
    maxRetryCount: Number(row['max_retry_count']),
    clusterId: String(row['cluster_id']),
    predecessors: parseNames(row['predecessors']),
    counts: toCounts(row),
    cursor: Number(row['cursor']),
    startedAt: time(row['started_at']),
    endedAt: time(row['ended_at']),
  };
}

export function toInstance(row: SqlRow): InstanceRow {
  return {
    number: Number(row['number']),
    phase: row['phase'] === 'Dispatched' ? 'Dispatched' : toState(row['phase']),
    attempt: Number(row['attempt']),
    failures: Number(row['failures']),
    retries: Number(row['retries']),
    progress: Number(row['progress']),
    startedAt: time(row['started_at']),
    endedAt: time(row['ended_at']),
    nodeIp: String(row['node_ip']),
    exitCode: Number(row['exit_code']),
    errorCode: String(row['error_code']),
    errorMessage: String(row['error_message']),
    detail: String(row['detail']),
  };
}
