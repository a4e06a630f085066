import {
  CLUSTER_STATES,
  type ClusterDescription,
  type ClusterState,
  NODE_STATES,
  type NodeState,
} from '@rebatch/model';
import type { SqlRow } from './read-row.ts';
import { StoreError } from './store-error.ts';

/** Times are milliseconds since the epoch; null: not yet. */
export interface ClusterRow {
  id: string;
  owner: string;
  state: ClusterState;
  /** Why machines cannot be had; "" when they can. */
  errorCode: string;
  createdAt: number;
  description: ClusterDescription;
}

/** One machine of a cluster. */
export interface NodeRow {
  id: string;
  clusterId: string;
  group: string;
  state: NodeState;
  hostName: string;
  /** "" until it runs. */
  ip: string;
  /** Id of the attempt that has the machine; "" when it is free. */
  attempt: string;
  errorCode: number;
  errorMessage: string;
  createdAt: number;
  runningAt: number | null;
  /** When it was gone. */
  endedAt: number | null;
}

export function toCluster(row: SqlRow): ClusterRow {
  // Written by this program from this very type.
  const description: ClusterDescription = JSON.parse(String(row['description']));
  return {
    id: String(row['id']),
    owner: String(row['owner']),
    state: oneOf(CLUSTER_STATES, row['state']),
    errorCode: String(row['error_code']),
    createdAt: Number(row['created_at']),
    description,
  };
}

export function toNode(row: SqlRow): NodeRow {
  return {
    id: String(row['id']),
    clusterId: String(row['cluster_id']),
    group: String(row['group_name']),
    state: oneOf(NODE_STATES, row['state']),
    hostName: String(row['host_name']),
    ip: String(row['ip']),
    attempt: String(row['attempt']),
    errorCode: Number(row['error_code']),
    errorMessage: String(row['error_message']),
    createdAt: Number(row['created_at']),
    runningAt: time(row['running_at']),
    endedAt: time(row['ended_at']),
  };
}

const time = (value: unknown): number | null => (value === null ? null : Number(value));

/** @throws {StoreError} when the column holds something else: the file was written by another program. */
function oneOf<T extends string>(states: readonly T[], value: unknown): T {
  const state = states.find((known) => known === value);
  if (state === undefined) throw new StoreError(`The store holds an unknown state: ${String(value)}.`);
  return state;
}
