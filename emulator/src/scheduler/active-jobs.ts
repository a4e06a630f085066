import type { Dag } from '@rebatch/model';
import type { JobRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { type JobState, toJobState } from './job-state.ts';

/** The jobs that are Waiting or Running, in memory; a copy of what the store holds. */
export class ActiveJobs {
  readonly #store: Store;
  readonly #jobs = new Map<string, JobState>();
  readonly #dags = new WeakMap<JobState, Dag>();

  constructor(store: Store) {
    this.#store = store;
  }

  get(id: string): JobState | undefined {
    return this.#jobs.get(id);
  }

  values(): IterableIterator<JobState> {
    return this.#jobs.values();
  }

  add(job: JobState): void {
    this.#jobs.set(job.id, job);
  }

  delete(id: string): void {
    this.#jobs.delete(id);
  }

  /** Forgets everything and reads it again: at start, and when a transaction failed half-way through memory. */
  reload(): void {
    this.#jobs.clear();
    for (const row of this.#store.loadActiveJobs()) this.add(this.load(row));
  }

  /** A job with its tasks and instances as the store has them. */
  load(row: JobRow): JobState {
    return toJobState(row, this.#store.loadTasks(row.seq), (taskRow) =>
      this.#store.loadUnfinishedInstances(taskRow),
    );
  }

  /** What the job runs; read when first needed, since most jobs wait long before they run. */
  dagOf(job: JobState): Dag | undefined {
    let dag = this.#dags.get(job);
    if (dag === undefined) {
      dag = this.#store.readDag(job.seq);
      if (dag !== undefined) this.#dags.set(job, dag);
    }
    return dag;
  }
}
