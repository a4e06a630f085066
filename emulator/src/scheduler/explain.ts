import { attemptId, isFinal } from '@rebatch/model';
import type { InstanceRow } from '../store/rows.ts';
import type { Engine } from './engine.ts';
import { refusalText } from './gate.ts';
import type { JobState, TaskState } from './job-state.ts';
import { MAX_AHEAD } from './ready-queue.ts';

/** Why the instances of a task wait. */
export interface TaskWait {
  /** For people, one clause; holds for every waiting instance that has no reason of its own. */
  reason: string;
  /** Reasons of single instances, by number. */
  instances: ReadonlyMap<number, string>;
}

/** Why a job's instances wait, by task; tasks of which nothing waits are absent, as are jobs that are over. */
export function explain(engine: Engine, jobId: string, taskName?: string): ReadonlyMap<string, TaskWait> {
  const waits = new Map<string, TaskWait>();
  const job = engine.jobs.get(jobId);
  if (job === undefined) return waits;
  for (const task of job.tasks.values()) {
    if (taskName !== undefined && task.name !== taskName) continue;
    if (task.counts.waiting === 0 || isFinal(task.state)) continue;
    const reason = taskReason(engine, job, task);
    waits.set(task.name, { reason, instances: instanceReasons(engine, job, task, reason) });
  }
  return waits;
}

/** The job's Message while nothing of it is on the way: the reasons of its tasks that could run; "" when it gets on. */
export function waitingReason(engine: Engine, jobId: string): string {
  const job = engine.jobs.get(jobId);
  if (job === undefined) return '';
  const onTheWay = [...job.tasks.values()].some(({ instances }) =>
    [...instances.values()].some(({ phase }) => phase === 'Dispatched' || phase === 'Running'),
  );
  const trouble = troubleOf(engine);
  if (onTheWay && trouble === undefined) return '';
  const ready = [...job.tasks.values()].filter(
    (task) => task.counts.waiting > 0 && unfinishedBefore(job, task).length === 0,
  );
  const reasons = new Set(ready.map((task) => taskReason(engine, job, task)));
  reasons.delete(ABOUT_TO_START);
  if (reasons.size === 0) return '';
  const text = [...reasons].join('; ');
  return text.startsWith('waiting ') ? `W${text.slice(1)}.` : `Waiting: ${text.replace(/\.$/, '')}.`;
}

const ABOUT_TO_START = 'about to start';

function taskReason(engine: Engine, job: JobState, task: TaskState): string {
  const before = unfinishedBefore(job, task);
  if (before.length > 0) return before.join(', ');
  const trouble = troubleOf(engine);
  if (trouble !== undefined) return trouble;
  const refusal = engine.gate.refusal(job, task);
  if (refusal !== undefined) return refusalText(refusal);
  if (task.clusterId !== '') return engine.fleet.waitingFor(task.clusterId) ?? ABOUT_TO_START;
  if (engine.hasRoom(task)) return ABOUT_TO_START;
  const ahead = engine.ready.jobsAhead(job, task, engine.gate);
  const count = ahead >= MAX_AHEAD ? `${MAX_AHEAD} or more` : ahead;
  return `waiting for 1 free slot, ${count} ${ahead === 1 ? 'job' : 'jobs'} ahead`;
}

/** What holds everything up. */
function troubleOf(engine: Engine): string | undefined {
  const { failure } = engine.turns;
  if (failure !== undefined) return `the store cannot be written: ${failure}`;
  const health = engine.options.executor.health();
  if (!health.available) return health.reason;
  return engine.reconciled ? undefined : 'the server finds out what still runs after its restart';
}

function unfinishedBefore(job: JobState, task: TaskState): string[] {
  return task.predecessors.flatMap((name) => {
    const state = job.tasks.get(name)?.state;
    if (state === 'Finished') return [];
    return [`predecessor \`${name}\` still ${state === 'Running' ? 'running' : 'waiting'}`];
  });
}

function instanceReasons(
  engine: Engine,
  job: JobState,
  task: TaskState,
  reason: string,
): Map<number, string> {
  const reasons = new Map<number, string>();
  for (const instance of task.instances.values()) {
    const own = ownReason(engine, job, task, instance, reason);
    if (own !== undefined) reasons.set(instance.number, own);
  }
  return reasons;
}

function ownReason(
  engine: Engine,
  job: JobState,
  task: TaskState,
  { number, phase, attempt, retries, errorMessage }: InstanceRow,
  reason: string,
): string | undefined {
  if (phase === 'Dispatched') {
    const id = attemptId({ jobId: job.id, taskName: task.name, instanceId: number, attempt });
    return engine.flights.get(id)?.preparing ?? 'being prepared';
  }
  if (phase !== 'Waiting') return undefined;
  if (engine.flights.blocks({ jobId: job.id, task: task.name, number })) {
    return 'waiting for the end of its last attempt';
  }
  if (retries === 0 || errorMessage === '') return undefined;
  const next = reason === ABOUT_TO_START ? 'waiting for its next attempt' : reason;
  return `${next} (attempt ${retries + 1}; before: ${errorMessage})`;
}
