import type { AttemptEvent } from '@rebatch/worker';
import { changePriority, deleteJob, startJob, stopJob, submit } from './commands.ts';
import { Engine } from './engine.ts';
import * as clusters from './fleet/cluster-commands.ts';
import { reconcile } from './recover.ts';
import { keepTidy } from './retention.ts';
import type { Scheduler, SchedulerOptions } from './scheduler.ts';
import type { Turn } from './turns.ts';
import { sweep } from './sweep.ts';
import { explain, waitingReason } from './explain.ts';

/** How long an idempotent token is remembered; the vendor's number is not known (spec/batchcompute-api.md §4.5). */
const TOKEN_LIFE_MS = 7 * 24 * 3_600_000;

/** Milliseconds until the executor's sandboxes are asked for again when listing them failed. */
const LIST_AGAIN_MS = 1000;

/** Makes a scheduler over a store and an executor. Nothing runs before `start`. */
export function openScheduler(options: SchedulerOptions): Scheduler {
  const engine = new Engine(options);
  const { executor, clock } = options;
  const { turns } = engine;
  let listing = false;
  let stopTidying: (() => void) | undefined;

  const recover = async (): Promise<void> => {
    if (engine.reconciled || listing || engine.closing || !executor.health().available) return;
    listing = true;
    try {
      const nodes = await engine.fleet.pool?.list();
      const sandboxes = await executor.list();
      turns.happened((turn) => {
        reconcile(engine, turn, sandboxes);
        if (nodes !== undefined) engine.fleet.recover(turn, nodes);
        turn.undo(() => {
          engine.reconciled = false;
        });
      });
      await turns.settled();
    } catch {
      clock.after(LIST_AGAIN_MS, () => void recover());
    } finally {
      listing = false;
    }
  };

  return {
    async start() {
      engine.reload();
      turns.happened((turn) => {
        options.store.purgeTokens(clock.now() - TOKEN_LIFE_MS);
        sweep(engine, turn);
      });
      if (options.retention !== undefined) stopTidying = keepTidy(engine, options.retention);
      await executor.open({
        event: (event) => turns.happened((turn) => takeNote(engine, turn, event)),
        node: (event) => turns.happened((turn) => engine.fleet.note(turn, event)),
        healthChanged: () => {
          void recover();
          turns.wake();
        },
      });
      await recover();
    },
    async close() {
      engine.closing = true;
      stopTidying?.();
      turns.runNow();
      await executor.close();
      turns.close();
    },
    submit: (job, token) => turns.ask((turn) => submit(engine, turn, job, token)),
    stopJob: (owner, jobId) => turns.ask((turn) => stopJob(engine, turn, owner, jobId)),
    startJob: (owner, jobId) => turns.ask((turn) => startJob(engine, turn, owner, jobId)),
    deleteJob: (owner, jobId) => turns.ask((turn) => deleteJob(engine, turn, owner, jobId)),
    changePriority: (owner, jobId, priority) =>
      turns.ask((turn) => changePriority(engine, turn, owner, jobId, priority)),
    createCluster: (row, token) => turns.ask((turn) => clusters.createCluster(engine, turn, row, token)),
    modifyCluster: (request) => turns.ask((turn) => clusters.modifyCluster(engine, turn, request)),
    deleteCluster: (owner, id) => turns.ask((turn) => clusters.deleteCluster(engine, turn, owner, id)),
    deleteNode: (owner, address) => turns.ask((turn) => clusters.deleteNode(engine, turn, owner, address)),
    recreateNode: (owner, address) =>
      turns.ask((turn) => clusters.recreateNode(engine, turn, owner, address)),
    hasClusters: () => engine.fleet.pool !== undefined,
    waitingReason: (jobId) => waitingReason(engine, jobId),
    explain: (jobId, taskName) => explain(engine, jobId, taskName),
    rulesChanged: () => turns.wake(),
    settled: () => turns.settled(),
    nodes: () => ({ all: engine.fleet.clusters.size, busy: engine.fleet.clusters.busy }),
    usage: () => ({ busy: engine.flights.slots, slots: executor.capabilities.slots }),
  };
}

function takeNote(engine: Engine, turn: Turn, event: AttemptEvent): void {
  const flight = engine.flights.get(event.attemptId);
  if (event.type === 'ended') {
    engine.land(turn, event.attemptId, Math.floor(event.at), event.outcome);
    return;
  }
  if (event.type === 'preparing') {
    if (flight !== undefined) flight.preparing = event.what;
    return;
  }
  const job = flight && engine.jobs.get(flight.jobId);
  if (flight === undefined || job === undefined) return;
  const { task, number, attempt, owner } = flight;
  if (event.type === 'progress') {
    engine.apply(turn, job, { type: 'progress', task, number, attempt, percent: event.percent });
    return;
  }
  const { nodeIp } = event;
  const at = Math.floor(event.at);
  // An adopted attempt reports its start again.
  if (!engine.apply(turn, job, { type: 'started', task, number, attempt, at, nodeIp })) return;
  const afterMs = Math.max(0, at - flight.since);
  engine.publish(turn, { type: 'started', attemptId: event.attemptId, owner, afterMs });
}
