import { changeCluster, type ClusterChange, isFinal, notFound, stateConflict } from '@rebatch/model';
import { checkQuota } from '../../store/check-quota.ts';
import { createOnce } from '../../store/create-once.ts';
import type { ClusterRow } from '../../store/cluster-rows.ts';
import type { Engine } from '../engine.ts';
import type { SubmitToken } from '../scheduler.ts';
import type { Turn } from '../turns.ts';
import type { ClusterState } from './cluster-state.ts';
import type { Place } from './clusters.ts';

/** What users ask of clusters, each as the step of a turn. A refusal is thrown before anything is changed. */

export function createCluster(
  engine: Engine,
  turn: Turn,
  row: ClusterRow,
  token: SubmitToken | undefined,
): string {
  const { store } = engine.options;
  const { owner, createdAt } = row;
  return createOnce(store, token && { owner, operation: 'cluster', ...token }, createdAt, () => {
    checkQuota(store, owner, 'clusters', (atMost) => store.countOwn('clusters', owner, atMost));
    const cluster = engine.fleet.clusters.add(row);
    engine.fleet.log(row.id, 'Create cluster successfully.');
    for (const group of Object.keys(row.description.Groups)) {
      engine.fleet.log(row.id, 'Create group successfully.', group);
    }
    engine.fleet.reconcile(turn, cluster);
    return row.id;
  });
}

/** `check`: throws when the description that would come out cannot be had. */
export function modifyCluster(
  engine: Engine,
  turn: Turn,
  request: {
    owner: string;
    clusterId: string;
    change: ClusterChange;
    check: (after: ClusterRow['description']) => void;
  },
): void {
  const cluster = findOwn(engine, request.owner, request.clusterId);
  if (cluster.state !== 'Active') throw stateConflict(cluster.state);
  const description = changeCluster(cluster.description, request.change);
  request.check(description);
  const added = Object.keys(description.Groups).filter(
    (name) => !Object.hasOwn(cluster.description.Groups, name),
  );
  engine.fleet.clusters.change(cluster, { description });
  for (const group of added) engine.fleet.log(cluster.id, 'Create group successfully.', group);
  // Somebody may have put right what failed.
  cluster.trouble.clear();
  engine.fleet.reconcile(turn, cluster);
}

/** The cluster goes with its machines; jobs that have work left on it fail (docs/compatibility.md). */
export function deleteCluster(engine: Engine, turn: Turn, owner: string, clusterId: string): void {
  const cluster = findOwn(engine, owner, clusterId);
  if (cluster.state === 'Deleting') throw stateConflict('Deleting');
  engine.fleet.clusters.change(cluster, { state: 'Deleting' });
  const at = engine.options.clock.now();
  for (const job of engine.jobs.values()) {
    const task = [...job.tasks.values()].find((each) => each.clusterId === clusterId && !isFinal(each.state));
    if (task === undefined) continue;
    const message = `Task ${task.name}: cluster ${clusterId} was deleted.`;
    engine.apply(turn, job, { type: 'abandon', at, message });
  }
  engine.fleet.reconcile(turn, cluster);
}

/** DeleteClusterInstance: the machine goes and its group wants one less (spec/batchcompute-api.md §9.4). */
export function deleteNode(engine: Engine, turn: Turn, owner: string, address: NodeAddress): void {
  const place = findOwnNode(engine, owner, address);
  const { cluster } = place;
  const group = cluster.description.Groups[address.group];
  if (group !== undefined) {
    const DesiredVMCount = Math.max(0, group.DesiredVMCount - 1);
    const Groups = { [address.group]: { DesiredVMCount } };
    engine.fleet.clusters.change(cluster, { description: changeCluster(cluster.description, { Groups }) });
  }
  engine.fleet.removeNode(turn, place);
  engine.fleet.reconcile(turn, cluster);
}

/** RecreateClusterInstance: the machine goes and another one comes, with another id (spec §9.4). */
export function recreateNode(engine: Engine, turn: Turn, owner: string, address: NodeAddress): void {
  const place = findOwnNode(engine, owner, address);
  engine.fleet.removeNode(turn, place);
  engine.fleet.reconcile(turn, place.cluster);
}

export interface NodeAddress {
  clusterId: string;
  group: string;
  nodeId: string;
}

/** @throws InvalidResource.NotFound when the owner has no such cluster. */
function findOwn(engine: Engine, owner: string, clusterId: string): ClusterState {
  const cluster = engine.fleet.clusters.get(clusterId);
  if (cluster === undefined || cluster.owner !== owner) throw notFound();
  return cluster;
}

/**
 * @throws InvalidResource.NotFound when the owner has no such machine.
 * @throws StateConflict when it is going or gone: clients take that for success (spec §9.4).
 */
function findOwnNode(engine: Engine, owner: string, { clusterId, group, nodeId }: NodeAddress): Place {
  findOwn(engine, owner, clusterId);
  const row = engine.options.store.findNode(clusterId, group, nodeId);
  if (row === undefined) throw notFound();
  const place = engine.fleet.clusters.place(nodeId);
  if (place === undefined || place.node.state === 'Deleting') throw stateConflict(row.state);
  return place;
}
