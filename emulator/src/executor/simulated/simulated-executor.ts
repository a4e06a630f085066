import type { Clock, Timer } from '@rebatch/model';
import type { AttemptOutcome, AttemptSpec } from '@rebatch/worker';
import type { Executor, ExecutorListeners } from '../executor.ts';
import { bootTime } from './boot-time.ts';
import { chance } from './chance.ts';
import type { Simulation } from './parse-simulation.ts';
import type { Fate, SandboxJournal } from './sandbox-journal.ts';
import { simulatedNodes } from './simulated-nodes.ts';

export interface SimulatedExecutorOptions {
  clock: Clock;
  /** Attempts that may run at once. */
  slots: number;
  simulation: Simulation;
  /** How the attempts of a task go, in place of `simulation`. */
  simulationOf?: (spec: AttemptSpec) => Simulation;
  /** Where sandboxes outlive the server; absent: they end with it. */
  journal?: SandboxJournal;
}

interface Sandbox {
  /** When its program begins, once its machine has booted; milliseconds since the epoch. */
  beganAt: number;
  fate: Fate;
  /** Machine that it is on, when it is a cluster's. */
  nodeId?: string;
  /** `left`: by an earlier life of the server, and nobody has asked for it yet. */
  phase: 'left' | 'running' | 'ended';
  timer?: Timer;
}

const NODE_IP = '127.0.0.1';

/**
 * Runs nothing, in the time that it says: durations and failures come from a seed. Without a journal its sandboxes live
 * in memory, so that after a restart of the server none is left and running attempts are made again.
 */
export function simulatedExecutor(options: SimulatedExecutorOptions): Executor {
  const { clock, simulation, slots, journal } = options;
  const sandboxes = new Map<string, Sandbox>();
  for (const [id, { beganAt, ...fate }] of journal?.left ?? []) {
    sandboxes.set(id, { beganAt, fate, phase: 'left' });
  }
  let listeners: ExecutorListeners | undefined;

  const end = (attemptId: string, sandbox: Sandbox, at: number, outcome: AttemptOutcome): void => {
    sandbox.phase = 'ended';
    journal?.ended(attemptId, at, outcome);
    listeners?.event({ type: 'ended', attemptId, at, outcome });
  };
  const nodes = simulatedNodes({
    clock,
    simulation,
    emit: (event) => listeners?.node?.(event),
    gone(nodeId) {
      for (const [attemptId, sandbox] of sandboxes) {
        if (sandbox.nodeId !== nodeId || sandbox.phase === 'ended') continue;
        sandbox.timer?.cancel();
        end(attemptId, sandbox, clock.now(), { kind: 'lost', message: 'its simulated node is gone' });
      }
    },
  });
  const watch = (attemptId: string, sandbox: Sandbox): void => {
    const { beganAt, fate } = sandbox;
    sandbox.phase = 'running';
    sandbox.timer = clock.after(Math.max(0, beganAt - clock.now()), () => {
      listeners?.event({
        type: 'started',
        attemptId,
        at: beganAt,
        nodeIp: nodes.ipOf(sandbox.nodeId ?? '') ?? NODE_IP,
      });
      const endsAt = beganAt + fate.ms;
      sandbox.timer = clock.after(Math.max(0, endsAt - clock.now()), () =>
        end(attemptId, sandbox, endsAt, fate.outcome),
      );
    });
  };

  return {
    capabilities: { slots, gpu: false, windows: false },
    nodes,
    async open(given) {
      listeners = given;
    },
    health: () => ({ available: true }),
    list: async () => [...sandboxes.keys()],
    start(spec) {
      const known = sandboxes.get(spec.id);
      if (known?.phase === 'left') {
        if (spec.nodeId !== undefined) known.nodeId = spec.nodeId;
        watch(spec.id, known);
      }
      if (known !== undefined) return;
      const chosen = options.simulationOf?.(spec) ?? simulation;
      const sandbox: Sandbox = {
        // The machine of a cluster has booted long ago.
        beganAt: clock.now() + (spec.nodeId === undefined ? bootTime(chosen, spec.id) : 0),
        fate: fateOf(chosen, spec),
        ...(spec.nodeId === undefined ? {} : { nodeId: spec.nodeId }),
        phase: 'running',
      };
      journal?.began(spec.id, sandbox.beganAt, sandbox.fate);
      sandboxes.set(spec.id, sandbox);
      watch(spec.id, sandbox);
    },
    stop(attemptId) {
      const sandbox = sandboxes.get(attemptId);
      if (sandbox === undefined || sandbox.phase === 'ended') return;
      sandbox.timer?.cancel();
      sandbox.phase = 'running';
      sandbox.timer = clock.after(0, () => end(attemptId, sandbox, clock.now(), { kind: 'stopped' }));
    },
    forget(attemptId) {
      if (sandboxes.delete(attemptId)) journal?.forgotten(attemptId, clock.now());
    },
    hasImage: async () => true,
    async close() {
      listeners = undefined;
      for (const { timer } of sandboxes.values()) timer?.cancel();
      sandboxes.clear();
      nodes.close();
      journal?.close();
    },
  };
}

/** How long an attempt runs, and how it ends. */
function fateOf(simulation: Simulation, spec: AttemptSpec): Fate {
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
