import type { JobState, TaskState } from './job-state.ts';
import { MinHeap } from './min-heap.ts';

/** The instance that comes next. */
export interface NextInstance {
  job: JobState;
  task: TaskState;
  number: number;
}

/** A task whose predecessors are done. */
interface Entry {
  job: JobState;
  task: TaskState;
  /** Since when, in the order of coming. */
  order: number;
  /** Instances below the cursor that wait for another attempt. */
  again: MinHeap;
  queued: boolean;
}

interface OwnerQueue {
  /** The best entry last, so that taking it is cheap. */
  entries: Entry[];
  /** When this owner was last served, in turns of the queue. */
  served: number;
}

/**
 * What may be dispatched, in order: the owner with the fewest attempts on the way, then the job's priority, then its
 * age; inside a task by instance number.
 */
export class ReadyQueue {
  readonly #owners = new Map<string, OwnerQueue>();
  readonly #entries = new Map<number, Entry>();
  #order = 0;
  #serving = 0;

  /** Takes a ready task on, with those of its instances that wait for another attempt. */
  add(job: JobState, task: TaskState): void {
    const again: number[] = [];
    for (const instance of task.instances.values()) {
      if (instance.phase === 'Waiting') again.push(instance.number);
    }
    const entry = {
      job,
      task,
      order: this.#order++,
      again: new MinHeap(again.toSorted((a, b) => a - b)),
      queued: false,
    };
    this.#entries.set(task.rowId, entry);
    this.#enqueue(entry);
  }

  /** An instance of a task that was added before waits again. */
  again(task: TaskState, number: number): void {
    const entry = this.#entries.get(task.rowId);
    if (entry === undefined) return;
    entry.again.push(number);
    this.#enqueue(entry);
  }

  remove(job: JobState): void {
    for (const task of job.tasks.values()) {
      const entry = this.#entries.get(task.rowId);
      if (entry === undefined) continue;
      this.#entries.delete(task.rowId);
      if (!entry.queued) continue;
      const entries = this.#owners.get(job.owner)?.entries ?? [];
      entries.splice(entries.indexOf(entry), 1);
      if (entries.length === 0) this.#owners.delete(job.owner);
    }
  }

  clear(): void {
    this.#owners.clear();
    this.#entries.clear();
  }

  /**
   * Takes out what comes next; undefined when nothing is ready. `load`: attempts that an owner has on the way.
   */
  next(load: (owner: string) => number): NextInstance | undefined {
    for (;;) {
      const best = this.#bestOwner(load);
      const entry = best?.queue.entries.at(-1);
      if (best === undefined || entry === undefined) return undefined;
      const number = take(entry);
      if (number === undefined) {
        best.queue.entries.pop();
        entry.queued = false;
        if (best.queue.entries.length === 0) this.#owners.delete(best.owner);
        continue;
      }
      best.queue.served = ++this.#serving;
      return { job: entry.job, task: entry.task, number };
    }
  }

  #bestOwner(load: (owner: string) => number): { owner: string; queue: OwnerQueue } | undefined {
    let best: { owner: string; queue: OwnerQueue; load: number } | undefined;
    for (const [owner, queue] of this.#owners) {
      const candidate = { owner, queue, load: load(owner) };
      if (
        best === undefined ||
        candidate.load < best.load ||
        (candidate.load === best.load && queue.served < best.queue.served)
      ) {
        best = candidate;
      }
    }
    return best;
  }

  #enqueue(entry: Entry): void {
    if (entry.queued) return;
    entry.queued = true;
    let queue = this.#owners.get(entry.job.owner);
    if (queue === undefined) {
      queue = { entries: [], served: 0 };
      this.#owners.set(entry.job.owner, queue);
    }
    const { entries } = queue;
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = entries[middle];
      if (other !== undefined && comesBefore(entry, other)) low = middle + 1;
      else high = middle;
    }
    entries.splice(low, 0, entry);
  }
}

/** The lowest instance that may go: one that waits again, else the first that never left Waiting. */
function take({ task, again }: Entry): number | undefined {
  for (let number = again.pop(); number !== undefined; number = again.pop()) {
    if (task.instances.get(number)?.phase === 'Waiting') return number;
  }
  return task.cursor < task.instanceCount ? task.cursor : undefined;
}

function comesBefore(a: Entry, b: Entry): boolean {
  if (a.job.priority !== b.job.priority) return a.job.priority > b.job.priority;
  if (a.job.seq !== b.job.seq) return a.job.seq < b.job.seq;
  return a.order < b.order;
}
