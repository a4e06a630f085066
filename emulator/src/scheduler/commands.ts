import { notFound, stateConflict } from '@rebatch/model';
import { checkQuota } from '../store/check-quota.ts';
import { createOnce } from '../store/create-once.ts';
import type { NewJob } from '../store/insert-job.ts';
import type { JobRow } from '../store/rows.ts';
import { isAllowed, type UserAction } from './allowed.ts';
import type { Engine } from './engine.ts';
import { removeJob } from './remove-job.ts';
import { sweep } from './sweep.ts';
import { toJobState } from './job-state.ts';
import type { SubmitToken } from './scheduler.ts';
import type { Turn } from './turns.ts';

/** What users ask of the scheduler, each as the step of a turn. A refusal is thrown before anything is changed. */

export function submit(engine: Engine, turn: Turn, job: NewJob, token: SubmitToken | undefined): string {
  const { store } = engine.options;
  const { owner, createdAt } = job;
  return createOnce(store, token && { owner, operation: 'job', ...token }, createdAt, () => {
    checkQuota(store, owner, 'jobs', (atMost) => store.countOwn('jobs', owner, atMost));
    const rows = store.insertJob(job);
    const state = toJobState(rows.job, rows.tasks, () => []);
    engine.jobs.add(state);
    engine.enqueueReady(state);
    engine.publish(turn, { type: 'job', jobId: job.id, owner, from: '', to: 'Waiting' });
    engine.record(turn, [
      { name: 'OnJobWaiting', job: rows.job },
      ...rows.tasks.map((task) => ({ name: 'OnTaskWaiting', job: rows.job, task })),
    ]);
    return job.id;
  });
}

export function stopJob(engine: Engine, turn: Turn, owner: string, jobId: string): void {
  findOwn(engine, owner, jobId, 'stop');
  const job = engine.jobs.get(jobId);
  if (job !== undefined) engine.apply(turn, job, { type: 'stop', at: engine.options.clock.now() });
}

export function startJob(engine: Engine, turn: Turn, owner: string, jobId: string): void {
  const job = engine.jobs.load(findOwn(engine, owner, jobId, 'start'));
  engine.jobs.add(job);
  engine.apply(turn, job, { type: 'resume' });
}

export function deleteJob(engine: Engine, turn: Turn, owner: string, jobId: string): void {
  const row = findOwn(engine, owner, jobId, 'delete');
  removeJob(engine, turn, row);
  turn.after(() => engine.turns.happened((next) => sweep(engine, next)));
}

export function changePriority(
  engine: Engine,
  turn: Turn,
  owner: string,
  jobId: string,
  priority: number,
): void {
  const { store } = engine.options;
  const row = findOwn(engine, owner, jobId, 'changePriority');
  store.updateJob({ ...row, priority });
  engine.record(turn, [{ name: 'OnPriorityChange', job: { ...row, priority } }]);
  store.changeDescriptionPriority(row.seq, priority);
}

/**
 * @throws InvalidResource.NotFound when the owner has no such job.
 * @throws StateConflict when its state forbids the action.
 */
function findOwn(engine: Engine, owner: string, jobId: string, action: UserAction): JobRow {
  const row = engine.options.store.findJob(jobId);
  if (row === undefined || row.owner !== owner) throw notFound();
  if (!isAllowed(action, row.state)) throw stateConflict(row.state);
  return row;
}
