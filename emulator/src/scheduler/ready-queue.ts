import { instanceAt } from '@rebatch/model';
import type { JobState, TaskState } from './job-state.ts';
import { MinHeap } from './min-heap.ts';

/** Jobs ahead of another that are counted. */
export const MAX_AHEAD = 1000;

/** What holds tasks back whose turn has come. */
export interface QueueGate {
  /** Attempts that an owner has on the way. */
  load(owner: string): number;
  /** Undefined when the task may have another attempt. */
  refusal(job: JobState, task: TaskState): unknown;
}

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
  /** Instances that were handed out before and wait for another attempt. */
  again: MinHeap;
  queued: boolean;
}

interface OwnerQueue {
  /** The best entry last, so that taking it is cheap. */
  entries: Entry[];
  /** When this owner was last served, in turns of the queue. */
  served: number;
  /** Where to go on looking in the round that is on; entries behind it were refused in this round. */
  at: number;
  round: number;
}

/**
 * What may be dispatched, in order: the owner with the fewest attempts on the way, then the job's priority, then its
 * age; inside a task what waits again, then the task's own order. What the gate refuses is passed over.
 */
export class ReadyQueue {
  readonly #owners = new Map<string, OwnerQueue>();
  readonly #entries = new Map<number, Entry>();
  /** Rows of tasks that need a machine of a cluster. */
  readonly #onClusters = new Set<number>();
  #order = 0;
  #serving = 0;
  #round = 0;

  get empty(): boolean {
    return this.#owners.size === 0;
  }

  /** True when machines of clusters may be asked for: without that, idle ones are no reason to look at every task. */
  get wantsNodes(): boolean {
    return this.#onClusters.size > 0;
  }

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
    if (task.clusterId !== '') this.#onClusters.add(task.rowId);
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
      this.#onClusters.delete(task.rowId);
      if (!entry.queued) continue;
      const queue = this.#owners.get(job.owner);
      if (queue === undefined) continue;
      queue.entries.splice(queue.entries.indexOf(entry), 1);
      queue.round = -1;
      if (queue.entries.length === 0) this.#owners.delete(job.owner);
    }
  }

  clear(): void {
    this.#owners.clear();
    this.#entries.clear();
    this.#onClusters.clear();
  }

  /**
   * Begins a round: what was refused is asked about again. During a round the gate may only get narrower, so that
   * thousands of tasks behind one limit are looked at once and not for every attempt that passes them.
   */
  begin(): void {
    this.#round++;
  }

  /** Takes out what comes next and passes the gate; undefined when there is no such thing. */
  next(gate: QueueGate): NextInstance | undefined {
    const passed = new Set<string>();
    for (;;) {
      const owner = this.#bestOwner(gate, passed);
      if (owner === undefined) return undefined;
      const next = this.#take(owner, gate);
      if (next !== undefined) return next;
      passed.add(owner);
    }
  }

  /**
   * How many jobs are likely to be served before this task is: those of its owner that come first, and as many of every
   * other owner, whose turns alternate. Counted no further than {@link MAX_AHEAD}.
   */
  jobsAhead(job: JobState, task: TaskState, gate: QueueGate): number {
    const own = this.#owners.get(job.owner);
    const entry = this.#entries.get(task.rowId);
    if (own === undefined || entry === undefined || !entry.queued) return 0;
    const before = countJobs(own.entries, placeOf(own.entries, entry) + 1, job, MAX_AHEAD);
    let ahead = before;
    for (const [owner, queue] of this.#owners) {
      if (owner === job.owner || ahead >= MAX_AHEAD) continue;
      const first = gate.load(owner) < gate.load(job.owner) || queue.served < own.served;
      ahead += countJobs(queue.entries, 0, job, before + (first ? 1 : 0));
    }
    return Math.min(ahead, MAX_AHEAD);
  }

  #take(owner: string, gate: QueueGate): NextInstance | undefined {
    const queue = this.#owners.get(owner);
    if (queue === undefined) return undefined;
    const { entries } = queue;
    if (queue.round !== this.#round) Object.assign(queue, { round: this.#round, at: entries.length - 1 });
    for (; queue.at >= 0; queue.at--) {
      const entry = entries[queue.at];
      if (entry === undefined || gate.refusal(entry.job, entry.task) !== undefined) continue;
      const number = take(entry);
      if (number !== undefined) {
        queue.served = ++this.#serving;
        return { job: entry.job, task: entry.task, number };
      }
      entries.splice(queue.at, 1);
      entry.queued = false;
    }
    if (entries.length === 0) this.#owners.delete(owner);
    return undefined;
  }

  /** The owner with the fewest attempts on the way, among equals the one served longest ago. */
  #bestOwner(gate: QueueGate, passed: ReadonlySet<string>): string | undefined {
    let best: { owner: string; served: number; load: number } | undefined;
    for (const [owner, { served }] of this.#owners) {
      if (passed.has(owner)) continue;
      const load = gate.load(owner);
      if (best === undefined || load < best.load || (load === best.load && served < best.served)) {
        best = { owner, served, load };
      }
    }
    return best?.owner;
  }

  #enqueue(entry: Entry): void {
    if (entry.queued) return;
    entry.queued = true;
    let queue = this.#owners.get(entry.job.owner);
    if (queue === undefined) {
      queue = { entries: [], served: 0, at: -1, round: -1 };
      this.#owners.set(entry.job.owner, queue);
    }
    const { entries } = queue;
    entries.splice(placeOf(entries, entry), 0, entry);
    queue.round = -1;
  }
}

/** The instance that may go: the lowest that waits again, else the first in the task's order that never left Waiting. */
function take({ task, again }: Entry): number | undefined {
  for (let number = again.pop(); number !== undefined; number = again.pop()) {
    if (task.instances.get(number)?.phase === 'Waiting') return number;
  }
  const { order, cursor, instanceCount } = task;
  return cursor < instanceCount ? instanceAt(order, cursor, instanceCount) : undefined;
}

function comesBefore(a: Entry, b: Entry): boolean {
  if (a.job.priority !== b.job.priority) return a.job.priority > b.job.priority;
  if (a.job.seq !== b.job.seq) return a.job.seq < b.job.seq;
  return a.order < b.order;
}

/** Jobs with something to hand out from `from` on, but for `except`; counted from the best one, and to `atMost`. */
function countJobs(entries: readonly Entry[], from: number, except: JobState, atMost: number): number {
  let count = 0;
  let last = except.seq;
  for (let at = entries.length - 1; at >= from && count < atMost; at--) {
    const entry = entries[at];
    if (entry === undefined || (entry.task.cursor >= entry.task.instanceCount && entry.again.size === 0))
      continue;
    // Entries of one job lie side by side.
    const { seq } = entry.job;
    if (seq !== last && seq !== except.seq) count++;
    last = seq;
  }
  return count;
}

/** The first place whose entry does not come after `entry`; its own, when it is there. */
function placeOf(entries: readonly Entry[], entry: Entry): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = entries[middle];
    if (other !== undefined && comesBefore(entry, other)) low = middle + 1;
    else high = middle;
  }
  return low;
}
