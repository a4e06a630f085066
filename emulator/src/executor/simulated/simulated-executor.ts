import type { Clock, Timer } from '@rebatch/model';
import type { AttemptOutcome, AttemptSpec } from '@rebatch/worker';
import type { Executor, ExecutorListeners } from '../executor.ts';
import { chance } from './chance.ts';
import type { Simulation } from './parse-simulation.ts';

export interface SimulatedExecutorOptions {
  clock: Clock;
  /** Attempts that may run at once. */
  slots: number;
  simulation: Simulation;
}

const NODE_IP = '127.0.0.1';

/**
 * Runs nothing, in the time that it says: durations and failures come from a seed. Its sandboxes live in memory, so that
 * after a restart of the server none is left and running attempts are made again.
 */
export function simulatedExecutor(options: SimulatedExecutorOptions): Executor {
  const { clock, simulation, slots } = options;
  const sandboxes = new Map<string, Timer | undefined>();
  let listeners: ExecutorListeners | undefined;

  const end = (attemptId: string, outcome: AttemptOutcome): void => {
    sandboxes.set(attemptId, undefined);
    listeners?.event({ type: 'ended', attemptId, at: clock.now(), outcome });
  };
  const later = (attemptId: string, ms: number, then: () => void): void => {
    sandboxes.set(attemptId, clock.after(ms, then));
  };

  return {
    capabilities: { slots, gpu: false, windows: false },
    async open(given) {
      listeners = given;
    },
    health: () => ({ available: true }),
    list: async () => [...sandboxes.keys()],
    start(spec) {
      if (sandboxes.has(spec.id)) return;
      const { ms, outcome } = fate(simulation, spec);
      later(spec.id, 0, () => {
        listeners?.event({ type: 'started', attemptId: spec.id, at: clock.now(), nodeIp: NODE_IP });
        later(spec.id, ms, () => end(spec.id, outcome));
      });
    },
    stop(attemptId) {
      const timer = sandboxes.get(attemptId);
      if (timer === undefined) return;
      timer.cancel();
      later(attemptId, 0, () => end(attemptId, { kind: 'stopped' }));
    },
    forget: (attemptId) => void sandboxes.delete(attemptId),
    hasImage: async () => true,
    async close() {
      listeners = undefined;
      for (const timer of sandboxes.values()) timer?.cancel();
      sandboxes.clear();
    },
  };
}

/** How long an attempt runs, and how it ends. */
function fate(simulation: Simulation, spec: AttemptSpec): { ms: number; outcome: AttemptOutcome } {
  const draw = chance(simulation.seed, spec.id);
  const { min, max } = simulation.duration;
  const ms = Math.round(min + draw() * (max - min));
  if (draw() < simulation.lost) {
    return { ms: Math.floor(ms / 2), outcome: { kind: 'lost', message: 'its simulated node is gone' } };
  }
  const failed = draw() < simulation.fail;
  if (ms > spec.timeoutSeconds * 1000) {
    return {
      ms: spec.timeoutSeconds * 1000,
      outcome: { kind: 'killed', reason: 'timeout', exitCode: 137 },
    };
  }
  return { ms, outcome: { kind: 'exited', exitCode: failed ? 1 : 0 } };
}
