import type { Notification } from '@rebatch/model';
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

/** Something that happened to a cluster or a machine of it (spec/batchcompute-api.md §15). */
export interface ClusterOccurrence {
  owner: string;
  clusterId: string;
  name: 'OnClusterDeleted' | 'OnInstanceCreated' | 'OnInstanceActive';
  /** Keys of the message besides Category, ClusterId and Event, such as `Group` and `InnerIpAddress`. */
  body: Readonly<Record<string, unknown>>;
  /** Of the cluster's description. */
  notification?: Notification | undefined;
}

/**
 * Writes down what happened in the transaction that makes it true, so that it is told also when the server is killed
 * right afterwards.
 */
export interface Recorder {
  /** Inside the transaction. */
  recordCluster(occurrence: ClusterOccurrence): void;
  /** Inside the transaction. */
  record(occurrences: readonly Occurrence[]): void;
  /** The transaction is durable: what was recorded may be told. */
  recorded(): void;
}
