import type { InstanceOrder, State } from '@rebatch/model';
import type { AccessKey } from '@rebatch/oss';

/** Instances of a task (or tasks of a job) by state. They always add up to the whole. */
export interface Counts {
  waiting: number;
  running: number;
  finished: number;
  failed: number;
  stopped: number;
}

/** Times are milliseconds since the epoch; null: not yet. */
export interface JobRow {
  /** Order of creation. */
  seq: number;
  id: string;
  owner: string;
  name: string;
  priority: number;
  state: State;
  message: string;
  failOnInstanceFail: boolean;
  autoRelease: boolean;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
}

export interface TaskRow {
  rowId: number;
  jobSeq: number;
  name: string;
  state: State;
  instanceCount: number;
  maxRetryCount: number;
  clusterId: string;
  predecessors: string[];
  counts: Counts;
  order: InstanceOrder;
  /** Names of the limits that its attempts count against. */
  limits: string[];
  /** Instances that have a row: those that come first in the task's order. The others never left Waiting. */
  cursor: number;
  startedAt: number | null;
  endedAt: number | null;
}

/** `Dispatched`: handed to the executor, its program not started yet; the wire calls it Waiting. */
export type Phase = State | 'Dispatched';

export interface InstanceRow {
  number: number;
  phase: Phase;
  /** Number of the last attempt, over the whole life of the instance; -1 before the first. */
  attempt: number;
  /** Attempts that failed by the program's own fault since the job was last started. */
  failures: number;
  /** Attempts made after the first since the job was last started, whatever the reason. */
  retries: number;
  /** 0 to 100. */
  progress: number;
  startedAt: number | null;
  endedAt: number | null;
  nodeIp: string;
  exitCode: number;
  errorCode: string;
  errorMessage: string;
  detail: string;
}

export interface AccessKeyRow extends AccessKey {
  enabled: boolean;
  createdAt: number;
  /** What people call it. */
  note: string;
}

export interface ImageRow {
  /** `img-…` or `m-…`. */
  id: string;
  /** "": the system's, seen by everybody. */
  owner: string;
  name: string;
  description: string;
  /** A container image, or the id of another image. */
  target: string;
  platform: 'Linux' | 'Windows';
  createdAt: number;
}

export const QUOTA_NAMES = ['jobs', 'instances', 'clusters', 'images'] as const;

/** Jobs, clusters and images that are stored; instances that are on the way. */
export type QuotaName = (typeof QUOTA_NAMES)[number];

export interface QuotaRow {
  /** "": everybody without a quota of their own. */
  owner: string;
  what: QuotaName;
  amount: number;
}

/** Something that happened, as it was told; kept for a while, so that a reader can go on where it stopped. */
export interface EventRow {
  id: number;
  owner: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Such as `OnJobFinished`. */
  name: string;
  /** Id of the job or cluster. */
  subject: string;
  /** The message, JSON. */
  body: string;
}

export interface WebhookRow {
  id: string;
  owner: string;
  url: string;
  secret: string;
  /** Names of the events that it hears of. */
  events: string[];
  createdAt: number;
}

/** The letters of one subject to one destination. */
export interface LaneRow {
  rowId: number;
  destination: string;
  subject: string;
  /** Times that its first letter was tried in vain. */
  tries: number;
  nextAt: number;
}

/** An event on its way to one destination. */
export interface LetterRow {
  id: number;
  eventId: number;
  owner: string;
  name: string;
  body: string;
  createdAt: number;
}

/** A letter that was given up. */
export interface DeadLetterRow extends LetterRow {
  destination: string;
  subject: string;
  diedAt: number;
  tries: number;
  reason: string;
}
