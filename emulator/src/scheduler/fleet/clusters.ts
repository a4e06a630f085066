import type { ClusterRow, NodeRow } from '../../store/cluster-rows.ts';
import type { Store } from '../../store/store.ts';
import { type ClusterState, noteFree, toClusterState } from './cluster-state.ts';

/** A machine with the cluster that it belongs to. */
export interface Place {
  cluster: ClusterState;
  node: NodeRow;
}

/** All clusters in memory; what is written here goes to the store at once, in the turn's transaction. */
export class Clusters {
  readonly #store: Store;
  readonly #clusters = new Map<string, ClusterState>();
  /** Cluster of a machine. */
  readonly #clusterOf = new Map<string, ClusterState>();
  /** Machine of an attempt. */
  readonly #placeOf = new Map<string, Place>();
  #nodes = 0;
  #free = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Machines that are not gone. */
  get size(): number {
    return this.#nodes;
  }

  /** Machines that have an attempt. */
  get busy(): number {
    return this.#placeOf.size;
  }

  /** Machines that wait for work. */
  get free(): number {
    return this.#free;
  }

  get(id: string): ClusterState | undefined {
    return this.#clusters.get(id);
  }

  values(): IterableIterator<ClusterState> {
    return this.#clusters.values();
  }

  place(nodeId: string): Place | undefined {
    const cluster = this.#clusterOf.get(nodeId);
    const node = cluster?.nodes.get(nodeId);
    return cluster && node && { cluster, node };
  }

  placeOfAttempt(attemptId: string): Place | undefined {
    return this.#placeOf.get(attemptId);
  }

  /** Forgets everything and reads it again. What went wrong before stays known. */
  reload(): void {
    const trouble = new Map(Array.from(this.#clusters, ([id, cluster]) => [id, cluster.trouble]));
    this.#clusters.clear();
    this.#clusterOf.clear();
    this.#placeOf.clear();
    this.#nodes = 0;
    this.#free = 0;
    for (const { cluster, nodes } of this.#store.loadClusters()) {
      const state = toClusterState(cluster, nodes);
      state.trouble = trouble.get(cluster.id) ?? state.trouble;
      this.#clusters.set(state.id, state);
      this.#nodes += nodes.length;
      this.#free += state.free.size;
      for (const node of nodes) {
        this.#clusterOf.set(node.id, state);
        if (node.attempt !== '') this.#placeOf.set(node.attempt, { cluster: state, node });
      }
    }
  }

  add(row: ClusterRow): ClusterState {
    const cluster = toClusterState(row, []);
    this.#store.saveCluster(row);
    this.#clusters.set(row.id, cluster);
    return cluster;
  }

  change(
    cluster: ClusterState,
    patch: Partial<Pick<ClusterRow, 'state' | 'errorCode' | 'description'>>,
  ): void {
    Object.assign(cluster, patch);
    this.#store.saveCluster(cluster);
  }

  remove(cluster: ClusterState): void {
    this.#store.deleteCluster(cluster.id);
    this.#clusters.delete(cluster.id);
  }

  addNode(cluster: ClusterState, node: NodeRow): void {
    cluster.nodes.set(node.id, node);
    this.#clusterOf.set(node.id, cluster);
    this.#nodes++;
    this.#store.saveNode(node);
  }

  changeNode({ cluster, node }: Place, patch: Partial<NodeRow>): void {
    const before = cluster.free.size;
    if (patch.attempt !== undefined) {
      this.#placeOf.delete(node.attempt);
      if (patch.attempt !== '') this.#placeOf.set(patch.attempt, { cluster, node });
    }
    Object.assign(node, patch);
    noteFree(cluster, node);
    this.#free += cluster.free.size - before;
    this.#store.saveNode(node);
  }

  /** The machine is gone; the store remembers it for a while. */
  removeNode(place: Place, at: number): void {
    const { cluster, node } = place;
    this.changeNode(place, { state: 'Deleted', attempt: '', endedAt: at });
    cluster.nodes.delete(node.id);
    this.#clusterOf.delete(node.id);
    this.#nodes--;
  }

  /** A line of the cluster's log in a documented form (spec/batchcompute-api.md §9.2). `where`: group, machine. */
  log(clusterId: string, time: string, text: string, ...where: string[]): void {
    this.#store.addClusterLog(clusterId, `${[time, ...where].map((part) => `[${part}]`).join('')}${text}`);
  }
}
