import type { InstanceRow, JobRow, TaskRow } from '../store/rows.ts';

/** What an event changes and asks for. Plain data: the same changes go to the store and to memory. */
export interface Decision {
  changes: Change[];
  effects: Effect[];
}

export type JobPatch = Partial<Pick<JobRow, 'state' | 'message' | 'startedAt' | 'endedAt'>>;
export type TaskPatch = Partial<Pick<TaskRow, 'state' | 'counts' | 'cursor' | 'startedAt' | 'endedAt'>>;

export type Change =
  | { kind: 'job'; patch: JobPatch }
  | { kind: 'task'; task: string; patch: TaskPatch }
  | { kind: 'instance'; task: string; instance: InstanceRow }
  /** Every instance of the task that has a row and is not final becomes Stopped. */
  | { kind: 'halt'; task: string; at: number }
  /** Every instance of the task that has a row and is not Finished becomes Waiting, its retries forgotten. */
  | { kind: 'requeue'; task: string };

export type Effect =
  | { type: 'start'; task: string; number: number; attempt: number }
  | { type: 'stop'; task: string; number: number; attempt: number }
  /** All predecessors of the task are Finished: its instances may be dispatched. */
  | { type: 'ready'; task: string }
  /** An instance waits for its next attempt. `losses`: how often it was lost by now; 0 when its program failed. */
  | { type: 'retry'; task: string; number: number; losses: number }
  /** The job is Finished, Failed or Stopped. */
  | { type: 'closed' };
