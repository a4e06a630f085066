import type { Clock, Timer } from '@rebatch/model';
import type { NodeEvent, NodePool } from '../nodes.ts';
import { bootTime } from './boot-time.ts';
import type { Simulation } from './parse-simulation.ts';

const LIMIT = 100_000;

export interface SimulatedNodesOptions {
  clock: Clock;
  simulation: Simulation;
  emit: (event: NodeEvent) => void;
  /** The machine is gone, with what ran on it. */
  gone: (nodeId: string) => void;
}

export interface SimulatedNodes extends NodePool {
  /** Address of a machine that runs. */
  ipOf(nodeId: string): string | undefined;
  close(): void;
}

/** Machines that are nothing but a name, an address and the time that they take to boot. */
export function simulatedNodes({ clock, simulation, emit, gone }: SimulatedNodesOptions): SimulatedNodes {
  const machines = new Map<string, { clusterId: string; ip: string; timer: Timer }>();
  let made = 0;
  return {
    limit: LIMIT,
    add({ id: nodeId, clusterId }) {
      if (machines.has(nodeId)) return;
      const ip = address(made++);
      const bootMs = bootTime(simulation, nodeId);
      const machine = {
        clusterId,
        ip,
        timer: clock.after(0, () => {
          emit({ type: 'starting', nodeId });
          machine.timer = clock.after(bootMs, () => emit({ type: 'running', nodeId, ip }));
        }),
      };
      machines.set(nodeId, machine);
    },
    remove({ id: nodeId }) {
      machines.get(nodeId)?.timer.cancel();
      machines.delete(nodeId);
      clock.after(0, () => {
        gone(nodeId);
        emit({ type: 'removed', nodeId });
      });
    },
    list: async () => Array.from(machines, ([id, { clusterId }]) => ({ id, clusterId })),
    ipOf: (nodeId) => machines.get(nodeId)?.ip,
    close() {
      for (const { timer } of machines.values()) timer.cancel();
      machines.clear();
    },
  };
}

/** The nth address of 10.0.0.0/8, from 10.0.0.1 on. */
function address(n: number): string {
  const host = (n % (2 ** 24 - 2)) + 1;
  return ['10', host >> 16, (host >> 8) & 255, host & 255].join('.');
}
