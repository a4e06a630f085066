import type { ClusterRow, NodeRow } from '../../store/cluster-rows.ts';

/** A cluster with those of its machines that are not gone; a copy of what the store holds. */
export interface ClusterState extends ClusterRow {
  /** By id, which is the order of creation. */
  nodes: Map<string, NodeRow>;
  /** Ids of machines that run and have no attempt. */
  free: Set<string>;
  /** Ids of busy machines that are too many and go when they are free. */
  draining: Set<string>;
  /** What went wrong in a row, by group. Forgotten with the process. */
  trouble: Map<string, GroupTrouble>;
}

interface GroupTrouble {
  /** Machines that could not be had since the last one that held. */
  failures: number;
  /** No machine is made before, milliseconds since the epoch. */
  retryAt: number;
  /** The last one's story, for people. */
  message: string;
}

export function toClusterState(row: ClusterRow, nodes: readonly NodeRow[]): ClusterState {
  const state: ClusterState = {
    ...row,
    nodes: new Map(nodes.map((node) => [node.id, node])),
    free: new Set(),
    draining: new Set(),
    trouble: new Map(),
  };
  for (const node of nodes) noteFree(state, node);
  return state;
}

/** Keeps `free` true after a change of the machine. */
export function noteFree(cluster: ClusterState, node: NodeRow): void {
  if (node.state === 'Running' && node.attempt === '') cluster.free.add(node.id);
  else cluster.free.delete(node.id);
}
