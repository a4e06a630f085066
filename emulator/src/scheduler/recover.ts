import { attemptId, parseAttemptId } from '@rebatch/model';
import type { Engine } from './engine.ts';
import type { Turn } from './turns.ts';

/** Milliseconds after which a sandbox that should be killed and never reported its end is forgotten. */
const ORPHAN_GRACE_MS = 60_000;

/**
 * Compares the executor's sandboxes with the store, once in a life of the server: attempts that are there are adopted,
 * those that were handed over but never came to be are started again under the same id, those that ran and are gone
 * count as lost, and sandboxes that nobody wants any more are stopped.
 */
export function reconcile(engine: Engine, turn: Turn, sandboxes: Iterable<string>): void {
  const left = new Set(sandboxes);
  const { clock } = engine.options;
  for (const job of engine.jobs.values()) {
    for (const task of job.tasks.values()) {
      for (const { number, attempt, phase } of task.instances.values()) {
        if (phase !== 'Dispatched' && phase !== 'Running') continue;
        const id = attemptId({ jobId: job.id, taskName: task.name, instanceId: number, attempt });
        // The machine that it was given is gone; what is left of it, if anything, is nobody's.
        const homeless = task.clusterId !== '' && engine.fleet.clusters.placeOfAttempt(id) === undefined;
        if (!homeless && (left.delete(id) || phase === 'Dispatched')) {
          engine.launch(turn, job, task.name, number, attempt);
          continue;
        }
        const outcome = { kind: 'lost', message: 'its sandbox was gone when the server came back' } as const;
        engine.apply(turn, job, {
          type: 'ended',
          task: task.name,
          number,
          attempt,
          at: clock.now(),
          outcome,
        });
      }
    }
  }
  for (const id of left) stopOrphan(engine, turn, id);
  freeNodes(engine, turn);
  engine.reconciled = true;
}

/** Machines whose attempt left nothing behind take work again. */
function freeNodes(engine: Engine, turn: Turn): void {
  for (const cluster of engine.fleet.clusters.values()) {
    for (const { attempt } of cluster.nodes.values()) {
      if (attempt !== '' && engine.flights.get(attempt) === undefined) engine.fleet.release(turn, attempt);
    }
  }
}

function stopOrphan(engine: Engine, turn: Turn, id: string): void {
  const { clock, executor, store } = engine.options;
  const name = parseAttemptId(id);
  const job = name && store.findJob(name.jobId);
  const task = job && store.findTask(job.seq, name.taskName);
  // Until it has ended, it holds its slot and its limits, and keeps its instance from running a second time.
  engine.takeOff(turn, {
    id,
    jobId: name?.jobId ?? '',
    task: name?.taskName ?? '',
    number: name?.instanceId ?? 0,
    attempt: name?.attempt ?? 0,
    owner: job?.owner ?? '',
    limits: task?.limits ?? [],
    image: '',
    clusterId: engine.fleet.clusters.placeOfAttempt(id)?.cluster.id ?? '',
    since: clock.now(),
  });
  turn.after(() => {
    executor.stop(id);
    clock.after(ORPHAN_GRACE_MS, () => {
      engine.turns.happened((later) => {
        if (engine.flights.get(id) !== undefined) engine.land(later, id, clock.now(), { kind: 'stopped' });
      });
    });
  });
}
