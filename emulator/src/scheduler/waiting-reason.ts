import type { Engine } from './engine.ts';

/** Why a job that has work left gets nowhere now; "" when it gets on, or is over. */
export function waitingReason(engine: Engine, jobId: string): string {
  const job = engine.jobs.get(jobId);
  if (job === undefined) return '';
  const tasks = [...job.tasks.values()];
  if (tasks.every(({ counts }) => counts.waiting === 0)) return '';
  if (engine.turns.failure !== undefined)
    return `Waiting: the store cannot be written: ${engine.turns.failure}`;
  const { executor } = engine.options;
  const health = executor.health();
  if (!health.available) return `Waiting: ${health.reason}`;
  const onTheWay = tasks.some((task) =>
    [...task.instances.values()].some(({ phase }) => phase === 'Dispatched' || phase === 'Running'),
  );
  if (onTheWay || engine.flights.size < executor.capabilities.slots) return '';
  return `Waiting for a free slot: all ${executor.capabilities.slots} are taken.`;
}
