import type { AttemptSpec } from '@rebatch/worker';
import type { Executor, ExecutorListeners } from '../../../executor/executor.ts';
import type { NodeEvent, NodePool } from '../../../executor/nodes.ts';
import { World } from '../../test-support/world.ts';

const LOST = { kind: 'lost', message: 'its node is gone' } as const;

interface Machine {
  id: string;
  clusterId: string;
  phase: 'booting' | 'running' | 'dead';
}

/** Machines and what runs on them, all outliving the server; the test lets them boot, fail and die. */
export class FleetWorld {
  readonly attempts = new World();
  readonly machines = new Map<string, Machine>();
  /** Laws that were broken. */
  readonly broken: string[] = [];
  /** DesiredVMCount of the only group; not checked unless it is set. */
  desired = Number.POSITIVE_INFINITY;
  limit = 100;
  #listeners: ExecutorListeners | undefined;

  executor(): Executor {
    const inner = this.attempts.executor(1);
    return {
      ...inner,
      nodes: this.#pool(),
      open: async (listeners) => {
        this.#listeners = listeners;
        await inner.open(listeners);
      },
      start: (spec) => {
        this.#checkStart(spec);
        inner.start(spec);
      },
    };
  }

  in(phase: Machine['phase']): Machine[] {
    return [...this.machines.values()].filter((machine) => machine.phase === phase);
  }

  boot(machine: Machine): void {
    machine.phase = 'running';
    this.#emit({ type: 'starting', nodeId: machine.id });
    this.#emit({ type: 'running', nodeId: machine.id, ip: '10.0.0.1' });
  }

  fail({ id: nodeId }: Machine): void {
    this.#emit({ type: 'failed', nodeId, code: 'BootstrapFailed', message: 'no licence' });
  }

  die(machine: Machine): void {
    machine.phase = 'dead';
    this.#loseAttempts(machine.id);
    this.#emit({ type: 'lost', nodeId: machine.id, message: 'its container ended' });
  }

  /** Attempts whose program runs. */
  running(): string[] {
    return this.attempts.running();
  }

  #pool(): NodePool {
    return {
      limit: this.limit,
      add: ({ id, clusterId }) => {
        if (this.attempts.deaf) return;
        const known = this.machines.get(id);
        if (known?.phase === 'running') this.boot(known);
        if (known?.phase === 'dead') this.die(known);
        if (known !== undefined) return;
        this.machines.set(id, { id, clusterId, phase: 'booting' });
        if (this.machines.size > this.desired + 1)
          this.broken.push('at most one machine over the wish is made');
      },
      remove: ({ id }) => {
        if (this.attempts.deaf) return;
        this.#loseAttempts(id);
        this.machines.delete(id);
        this.#emit({ type: 'removed', nodeId: id });
      },
      list: async () => Array.from(this.machines.values(), ({ id, clusterId }) => ({ id, clusterId })),
    };
  }

  #checkStart(spec: AttemptSpec): void {
    const { nodeId } = spec;
    const others = this.running().filter(
      (id) => id !== spec.id && this.attempts.specs.get(id)?.nodeId === nodeId,
    );
    if (others.length > 0) this.broken.push('a machine has one attempt at a time');
    if (nodeId === undefined) this.broken.push('an attempt of a cluster has a machine');
  }

  #loseAttempts(nodeId: string): void {
    for (const id of this.running()) {
      if (this.attempts.specs.get(id)?.nodeId === nodeId) this.attempts.ended(id, LOST);
    }
  }

  #emit(event: NodeEvent): void {
    if (!this.attempts.deaf) this.#listeners?.node?.(event);
  }
}
