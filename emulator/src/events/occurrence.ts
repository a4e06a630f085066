import type { InstanceRow, JobRow, TaskRow } from '../store/rows.ts';

/**
 * A change of state that users may be told of, with what it left behind. `name` as in a topic's Events
 * (spec/batchcompute-api.md §15); `task` and `instance` where it is one of theirs.
 */
export interface Occurrence {
  name: string;
  job: JobRow;
  task?: TaskRow;
  instance?: InstanceRow;
}

/**
 * Writes down what happened in the transaction that makes it true, so that it is told also when the server is killed
 * right afterwards.
 */
export interface Recorder {
  /** Inside the transaction. */
  record(occurrences: readonly Occurrence[]): void;
  /** The transaction is durable: what was recorded may be told. */
  recorded(): void;
}
