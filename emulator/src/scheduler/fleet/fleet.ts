import { formatTime, resourceIdSource } from '@rebatch/model';
import type { NodeEvent, NodePool } from '../../executor/nodes.ts';
import type { NodeRow } from '../../store/cluster-rows.ts';
import type { Engine } from '../engine.ts';
import { retryDelay } from '../retry-delay.ts';
import type { Turn } from '../turns.ts';
import type { ClusterState } from './cluster-state.ts';
import { Clusters, type Place } from './clusters.ts';
import { hostNames } from './host-name.ts';
import { type PlannedNode, planGroup } from './plan-group.ts';
import { waitingForNode } from './waiting-for-node.ts';

/** A machine that held so long was good: what happens to it then is no sign of a bad image or bootstrap. */
const GOOD_AFTER_MS = 60_000;
/** How long a machine that is gone is remembered as Deleted, and how often those are forgotten. */
const REMEMBER_MS = 3_600_000;
const PURGE_EVERY_MS = 60_000;
/** Tells people that a machine is not well; the wire wants a number (spec/batchcompute-api.md §9.4). */
const NODE_ERROR = 1;

/**
 * Keeps every cluster's machines at their DesiredVMCount: plans, writes, and asks the executor once the turn is durable.
 * Says which attempt has which machine. All of it happens inside turns.
 */
export class Fleet {
  readonly clusters: Clusters;
  readonly #engine: Engine;
  readonly #newNodeId: () => string;
  #purgedAt = 0;

  constructor(engine: Engine) {
    const { store, clock } = engine.options;
    this.#engine = engine;
    this.clusters = new Clusters(store);
    this.#newNodeId = resourceIdSource('i-', clock);
  }

  /** Undefined where the executor has no machines. */
  get pool(): NodePool | undefined {
    return this.#engine.options.nodeSpecOf === undefined ? undefined : this.#engine.options.executor.nodes;
  }

  /** Gives an attempt a free machine of the cluster. */
  occupy(clusterId: string, attemptId: string): boolean {
    const cluster = this.clusters.get(clusterId);
    const [id] = cluster?.free ?? [];
    const place = id === undefined ? undefined : this.clusters.place(id);
    if (place === undefined) return false;
    this.clusters.changeNode(place, { attempt: attemptId });
    return true;
  }

  /** The attempt has ended: its machine, if it has one, is free, or goes if it was too many. */
  release(turn: Turn, attemptId: string): void {
    const place = this.clusters.placeOfAttempt(attemptId);
    if (place === undefined) return;
    this.clusters.changeNode(place, { attempt: '' });
    if (place.cluster.draining.has(place.node.id)) this.reconcile(turn, place.cluster);
  }

  /** Brings the cluster's machines nearer to what is wanted. */
  reconcile(turn: Turn, cluster: ClusterState): void {
    if (this.pool === undefined) return;
    const groups = Map.groupBy(cluster.nodes.values(), ({ group }) => group);
    cluster.draining.clear();
    for (const [group, { DesiredVMCount: desired }] of Object.entries(cluster.description.Groups)) {
      const nodes = groups.get(group) ?? [];
      if (cluster.state === 'Deleting') {
        for (const node of nodes) this.removeNode(turn, { cluster, node });
        continue;
      }
      const plan = planGroup(desired, nodes.flatMap(planned));
      for (const id of plan.drain) cluster.draining.add(id);
      for (const id of plan.remove) {
        const node = cluster.nodes.get(id);
        if (node !== undefined) this.removeNode(turn, { cluster, node });
      }
      if (plan.create > 0) this.#create(turn, cluster, group, plan.create);
    }
    if (cluster.state === 'Deleting' && cluster.nodes.size === 0) this.#deleted(turn, cluster);
  }

  /** Asks for the end of a machine, whatever runs on it. */
  removeNode(turn: Turn, place: Place): void {
    const { cluster, node } = place;
    if (node.state === 'Deleting') return;
    this.clusters.changeNode(place, { state: 'Deleting' });
    this.log(cluster.id, 'Start to release ECS instance.', node.group, node.id);
    turn.after(() => this.pool?.remove(node));
  }

  /** Takes note of what happened to a machine. */
  note(turn: Turn, event: NodeEvent): void {
    const place = this.clusters.place(event.nodeId);
    // Of one that was forgotten; its end was asked for.
    if (place === undefined) return;
    const { cluster, node } = place;
    const now = this.#engine.options.clock.now();
    switch (event.type) {
      case 'starting':
        if (node.state !== 'Pending') return;
        this.clusters.changeNode(place, { state: 'Starting' });
        this.log(cluster.id, 'Instance is created.', node.group, node.id);
        this.#tell(turn, 'OnInstanceCreated', place);
        return;
      case 'running':
        if (node.state !== 'Pending' && node.state !== 'Starting') return;
        this.clusters.changeNode(place, { state: 'Running', ip: event.ip, runningAt: now });
        this.log(cluster.id, 'Instance is active.', node.group, node.id);
        this.#tell(turn, 'OnInstanceActive', place);
        if (cluster.errorCode !== '') this.clusters.change(cluster, { errorCode: '' });
        return;
      case 'failed':
      case 'lost':
        if (node.state === 'Deleting') return;
        this.#failed(turn, place, event.type === 'failed' ? event.code : 'InstanceLost', event.message);
        return;
      case 'removed':
        this.#removed(turn, place, now);
        return;
    }
  }

  /**
   * Compares the executor's machines with the store, once in a life of the server: those that are there are adopted, those
   * that were asked for are asked for again, those that ran and are gone are lost, and others are removed.
   */
  recover(turn: Turn, present: Iterable<{ id: string; clusterId: string }>): void {
    this.#purge();
    const left = new Map(Array.from(present, (node) => [node.id, node]));
    const known: Place[] = [];
    for (const cluster of this.clusters.values()) {
      for (const node of cluster.nodes.values()) {
        const there = left.delete(node.id);
        if (node.state === 'Deleting') turn.after(() => this.pool?.remove(node));
        else if (there || node.state !== 'Running') known.push({ cluster, node });
        else this.note(turn, { type: 'lost', nodeId: node.id, message: LOST_MEANWHILE });
      }
    }
    for (const node of left.values()) turn.after(() => this.pool?.remove(node));
    for (const cluster of this.clusters.values()) this.reconcile(turn, cluster);
    for (const place of known) if (place.node.state !== 'Deleting') this.#add(turn, place);
  }

  /** Why a task of the cluster gets no machine now, one clause for people; undefined when it gets one. */
  waitingFor(clusterId: string): string | undefined {
    return waitingForNode(clusterId, this.clusters.get(clusterId), this.#room() > 0);
  }

  /** `where`: the group, then the machine, as far as it is about one. */
  log(clusterId: string, text: string, ...where: string[]): void {
    this.clusters.log(clusterId, formatTime(this.#engine.options.clock.now()), text, ...where);
  }

  #create(turn: Turn, cluster: ClusterState, group: string, wanted: number): void {
    const { clock } = this.#engine.options;
    const room = this.#room();
    const waitMs = (cluster.trouble.get(group)?.retryAt ?? 0) - clock.now();
    if (waitMs > 0) return;
    const prefix = cluster.description.Groups[group]?.HostnamePrefix;
    const names = hostNames(
      prefix,
      group,
      new Set(Array.from(cluster.nodes.values(), (node) => node.hostName)),
    );
    for (let n = 0; n < Math.min(wanted, room); n++) {
      const { value: name } = names.next();
      const node = newNode(this.#newNodeId(), cluster.id, group, name, clock.now());
      this.clusters.addNode(cluster, node);
      this.#add(turn, { cluster, node });
    }
  }

  /** Machines that may still be made. */
  #room(): number {
    return (this.pool?.limit ?? 0) - this.clusters.size;
  }

  #purge(): void {
    const { clock, store } = this.#engine.options;
    this.#purgedAt = clock.now();
    store.purgeNodes(this.#purgedAt - REMEMBER_MS);
  }

  #removed(turn: Turn, place: Place, at: number): void {
    const { cluster, node } = place;
    const wasFull = this.#room() <= 0;
    if (at - this.#purgedAt >= PURGE_EVERY_MS) this.#purge();
    this.clusters.removeNode(place, at);
    this.log(cluster.id, 'Instance is released.', node.group, node.id);
    this.reconcile(turn, cluster);
    if (!wasFull) return;
    // Another cluster may have waited for the room.
    for (const other of this.clusters.values()) if (other !== cluster) this.reconcile(turn, other);
  }

  #add(turn: Turn, { cluster, node }: Place): void {
    const spec = this.#engine.options.nodeSpecOf?.(cluster, node);
    if (spec !== undefined) turn.after(() => this.pool?.add(spec));
  }

  /** The machine goes, and another comes: at once the first time, then later and later. */
  #failed(turn: Turn, place: Place, code: string, message: string): void {
    const { cluster, node } = place;
    const { clock } = this.#engine.options;
    const good = node.runningAt !== null && clock.now() - node.runningAt >= GOOD_AFTER_MS;
    const failures = good ? 0 : (cluster.trouble.get(node.group)?.failures ?? 0) + 1;
    const waitMs = retryDelay(failures);
    cluster.trouble.set(node.group, { failures, retryAt: clock.now() + waitMs, message });
    this.clusters.changeNode(place, { errorCode: NODE_ERROR, errorMessage: message });
    this.log(cluster.id, `${code}: ${message}`, node.group, node.id);
    if (failures > 0) this.clusters.change(cluster, { errorCode: code });
    this.removeNode(turn, place);
    if (waitMs === 0) return;
    turn.after(() => {
      clock.after(waitMs, () =>
        this.#engine.turns.happened((later) => {
          const known = this.clusters.get(cluster.id);
          if (known !== undefined) this.reconcile(later, known);
        }),
      );
    });
  }

  #deleted(turn: Turn, cluster: ClusterState): void {
    this.clusters.remove(cluster);
    const { id: clusterId, owner, description } = cluster;
    const event = 'OnClusterDeleted';
    this.#engine.recordCluster(turn, {
      owner,
      clusterId,
      name: event,
      body: {
        ClusterName: description.Name,
        CreationTime: formatTime(cluster.createdAt),
        State: 'Deleted',
      },
      notification: description.Notification,
    });
    this.#engine.publish(turn, { type: 'cluster', event, clusterId, owner });
  }

  #tell(turn: Turn, event: 'OnInstanceCreated' | 'OnInstanceActive', { cluster, node }: Place): void {
    const { id: clusterId, owner, description } = cluster;
    const { state, ip } = cluster.nodes.get(node.id) ?? node;
    this.#engine.recordCluster(turn, {
      owner,
      clusterId,
      name: event,
      body: {
        ClusterName: description.Name,
        Group: node.group,
        InstanceId: node.id,
        InnerIpAddress: ip,
        HostName: node.hostName,
        Hints: '',
        State: state,
        CreationTime: formatTime(node.createdAt),
      },
      notification: description.Notification,
    });
    this.#engine.publish(turn, {
      type: 'cluster',
      event,
      clusterId,
      owner,
      group: node.group,
      nodeId: node.id,
    });
  }
}

const LOST_MEANWHILE = 'it was gone when the server came back';

function planned({ id, state, attempt }: NodeRow): PlannedNode[] {
  return state === 'Deleted' ? [] : [{ id, state, busy: attempt !== '' }];
}

function newNode(id: string, clusterId: string, group: string, name: string, at: number): NodeRow {
  return {
    id,
    clusterId,
    group,
    state: 'Pending',
    hostName: name,
    ip: '',
    attempt: '',
    errorCode: 0,
    errorMessage: '',
    createdAt: at,
    runningAt: null,
    endedAt: null,
  };
}
