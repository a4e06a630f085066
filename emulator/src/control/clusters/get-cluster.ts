import { type ClusterView, notFound, type Page } from '@rebatch/model';
import type { ClusterRow } from '../../store/cluster-rows.ts';
import type { ControlOptions } from '../context.ts';
import type { Caller, PageRequest } from '../control.ts';
import { toPage } from '../to-page.ts';
import { clusterView } from './cluster-view.ts';

/** @throws InvalidResource.NotFound when the caller has no such cluster. */
export function findOwnCluster({ store }: ControlOptions, { owner }: Caller, clusterId: string): ClusterRow {
  const cluster = store.findCluster(clusterId);
  if (cluster === undefined || cluster.owner !== owner) throw notFound();
  return cluster;
}

/** GET /clusters/{Id}. */
export function getCluster(options: ControlOptions, caller: Caller, clusterId: string): ClusterView {
  return clusterView(options.store, findOwnCluster(options, caller, clusterId));
}

/** GET /clusters by id, which is the order of creation (spec §4.4). The marker is the id of the last cluster seen. */
export function listClusters(
  { store }: ControlOptions,
  { owner }: Caller,
  { marker, limit }: PageRequest,
): Page<ClusterView> {
  const rows = store.listClusters(owner, marker, limit + 1);
  return toPage(
    rows,
    limit,
    marker,
    (last) => last.id,
    (row) => clusterView(store, row),
  );
}
