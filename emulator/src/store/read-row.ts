import { INSTANCE_ORDERS, STATES, type State } from '@rebatch/model';
import type { Grant } from '@rebatch/oss';
import {
  type AccessKeyRow,
  type Counts,
  type ImageRow,
  type InstanceRow,
  type JobRow,
  QUOTA_NAMES,
  type QuotaRow,
  type TaskRow,
} from './rows.ts';
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
  const key: AccessKeyRow = {
    id: String(row['id']),
    secret: String(row['secret']),
    owner: String(row['owner']),
    enabled: row['enabled'] === 1,
    createdAt: Number(row['created_at']),
    note: String(row['note']),
  };
  const { token, grants } = row;
  if (typeof token === 'string') key.temporary = { token, expiresAt: Number(row['expires_at']) };
  if (typeof grants === 'string') {
    // Written by save-access-key from this very type.
    const parsed: Grant[] = JSON.parse(grants);
    key.grants = parsed;
  }
  return key;
}

export function toImage(row: SqlRow): ImageRow {
  return {
    id: String(row['id']),
    owner: String(row['owner']),
    name: String(row['name']),
    description: String(row['description']),
    target: String(row['target']),
    platform: row['platform'] === 'Windows' ? 'Windows' : 'Linux',
    createdAt: Number(row['created_at']),
  };
}

/** Nothing for a quota of something that this release does not know. */
export function toQuota(row: SqlRow): QuotaRow[] {
  const what = QUOTA_NAMES.find((known) => known === row['what']);
  return what === undefined ? [] : [{ owner: String(row['owner']), what, amount: Number(row['amount']) }];
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
    order: INSTANCE_ORDERS.find((known) => known === row['instance_order']) ?? 'number',
    limits: parseNames(row['limits']),
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
