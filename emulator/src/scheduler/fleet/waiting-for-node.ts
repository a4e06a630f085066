import type { ClusterState } from './cluster-state.ts';

/**
 * Why a task gets no machine of its cluster now, one clause for people; undefined when it gets one. `hasRoom`: more
 * machines may be made.
 */
export function waitingForNode(
  clusterId: string,
  cluster: ClusterState | undefined,
  hasRoom: boolean,
): string | undefined {
  if (cluster === undefined) return `cluster ${clusterId} does not exist any more`;
  if (cluster.state === 'Deleting') return `cluster ${clusterId} is being deleted`;
  if (cluster.free.size > 0) return undefined;
  const nodes = [...cluster.nodes.values()];
  const busy = nodes.filter(({ attempt }) => attempt !== '').length;
  const coming = nodes.filter(({ state }) => state === 'Pending' || state === 'Starting').length;
  if (busy > 0 || coming > 0) {
    return `waiting for 1 free node of cluster ${clusterId}: ${busy} busy, ${coming} starting`;
  }
  const groups = Object.values(cluster.description.Groups);
  if (groups.every(({ DesiredVMCount: count }) => count === 0)) {
    return `cluster ${clusterId} has no nodes: its DesiredVMCount is 0`;
  }
  const failed = [...cluster.trouble.values()].find(({ failures }) => failures > 0);
  if (failed !== undefined) {
    return `waiting for a node of cluster ${clusterId}, the last of which failed: ${failed.message}`;
  }
  return `waiting for a node of cluster ${clusterId}${hasRoom ? '' : ': other clusters have all that this server may have'}`;
}
