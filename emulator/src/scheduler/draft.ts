import type { State } from '@rebatch/model';
import type { Counts, InstanceRow } from '../store/rows.ts';
import type { Change, Decision, Effect, JobPatch, TaskPatch } from './decision.ts';
import type { JobState, TaskState } from './job-state.ts';

type CountName = keyof Counts;

/**
 * A decision in the making. Reads see what was decided so far; the job itself is never touched, which is what keeps
 * `decide` pure.
 */
export class Draft {
  readonly #job: JobState;
  #jobPatch: JobPatch = {};
  readonly #taskPatches = new Map<string, TaskPatch>();
  readonly #others: Change[] = [];
  readonly #effects: Effect[] = [];

  constructor(job: JobState) {
    this.#job = job;
  }

  job(): JobState {
    return { ...this.#job, ...this.#jobPatch };
  }

  /** The task as decided so far; its instances are those before the event. */
  task(name: string): TaskState | undefined {
    const task = this.#job.tasks.get(name);
    return task && { ...task, ...this.#taskPatches.get(name) };
  }

  /** All tasks as decided so far. */
  tasks(): TaskState[] {
    return [...this.#job.tasks.values()].map((task) => ({ ...task, ...this.#taskPatches.get(task.name) }));
  }

  /** True when every task is in this state, as decided so far. */
  allTasksAre(state: State): boolean {
    for (const task of this.#job.tasks.values()) {
      if ((this.#taskPatches.get(task.name)?.state ?? task.state) !== state) return false;
    }
    return true;
  }

  patchJob(patch: JobPatch): void {
    this.#jobPatch = { ...this.#jobPatch, ...patch };
  }

  patchTask(name: string, patch: TaskPatch): void {
    this.#taskPatches.set(name, { ...this.#taskPatches.get(name), ...patch });
  }

  /** Moves `n` instances from one count to another. */
  move(task: string, from: CountName, to: CountName, n = 1): void {
    const counts = this.task(task)?.counts;
    if (counts === undefined || from === to) return;
    this.patchTask(task, { counts: { ...counts, [from]: counts[from] - n, [to]: counts[to] + n } });
  }

  putInstance(task: string, instance: InstanceRow): void {
    this.#others.push({ kind: 'instance', task, instance });
  }

  change(change: Change): void {
    this.#others.push(change);
  }

  effect(effect: Effect): void {
    this.#effects.push(effect);
  }

  decision(): Decision {
    const changes: Change[] = [...this.#others];
    for (const [task, patch] of this.#taskPatches) changes.push({ kind: 'task', task, patch });
    if (Object.keys(this.#jobPatch).length > 0) changes.push({ kind: 'job', patch: this.#jobPatch });
    return { changes, effects: this.#effects };
  }
}
