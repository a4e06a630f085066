import type { Clock, NasFolder } from '@rebatch/model';
import type { Mounter } from '@rebatch/mount';
import type { ObjectStore } from '@rebatch/objects';
import type { AttemptEvent } from './attempt.ts';
import type { TaskKeys } from './key/task-keys.ts';
import type { AttemptImages } from './sandbox/attempt-images.ts';
import type { Sandboxes } from './sandbox/sandboxes.ts';

/** What an attempt needs of the world. */
export interface AttemptDeps {
  objects: ObjectStore;
  mounter: Mounter;
  /** What of file servers lies on this host; absent: nothing. */
  nas?: readonly NasFolder[];
  sandboxes: Sandboxes;
  /** Absent: programs get no key of the object store. */
  keys?: TaskKeys;
  /** Absent: images are there under the names that attempts use. */
  images?: AttemptImages;
  clock: Clock;
  /** Folder of all attempts' folders; readable by the server only. */
  attemptsFolder: string;
  /** Folder that running sandboxes see already, for attempts that join one; absent: each sandbox is made for its attempt. */
  sharedFolder?: string;
  /** What a program gets between SIGTERM and SIGKILL when its time is over, in milliseconds. */
  graceMs: number;
  /** `host[:port]` of the object gateway as sandboxes reach it; asked for each attempt, as it is known late. */
  ossHost(): string;
  /** Address that instances report as their node's. */
  nodeIp(): string;
  emit(event: AttemptEvent): void;
}

/** How an attempt is told to end early. */
export interface AttemptSignals {
  /** Kill the program; the attempt ends as `stopped`. */
  stop: AbortSignal;
  /** Stop watching, without a trace: a later call goes on. */
  letGo: AbortSignal;
}
