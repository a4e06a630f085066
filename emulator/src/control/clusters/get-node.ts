import { type ClusterInstanceView, notFound, type Page } from '@rebatch/model';
import type { NodeAddress } from '../../scheduler/fleet/cluster-commands.ts';
import type { ControlOptions } from '../context.ts';
import type { Caller, PageRequest } from '../control.ts';
import { toPage } from '../to-page.ts';
import { nodeView } from './cluster-view.ts';
import { findOwnCluster } from './get-cluster.ts';

/**
 * GET …/instances/{Id}: also of a machine that is gone, for an hour, as Deleted.
 * @throws InvalidResource.NotFound
 */
export function getNode(
  options: ControlOptions,
  caller: Caller,
  { clusterId, group, nodeId }: NodeAddress,
): ClusterInstanceView {
  findOwnCluster(options, caller, clusterId);
  const node = options.store.findNode(clusterId, group, nodeId);
  if (node === undefined) throw notFound();
  return nodeView(node);
}

/**
 * GET …/instances by id, without those that are gone. The marker is the id of the last one seen.
 * @throws InvalidResource.NotFound when the cluster has no such group.
 */
export function listNodes(
  options: ControlOptions,
  caller: Caller,
  clusterId: string,
  group: string,
  { marker, limit }: PageRequest,
): Page<ClusterInstanceView> {
  const cluster = findOwnCluster(options, caller, clusterId);
  if (!Object.hasOwn(cluster.description.Groups, group)) throw notFound();
  const rows = options.store.listNodes({ clusterId, group, after: marker, limit: limit + 1 });
  return toPage(rows, limit, marker, (last) => last.id, nodeView);
}
