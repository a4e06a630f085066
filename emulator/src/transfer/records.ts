import type { Dag, JobDescription, State } from '@rebatch/model';
import type { ImportedApp } from '../store/import-app.ts';
import type { InstanceRow } from '../store/rows.ts';

/** First line of an export. */
export const HEADER = { Format: 'rebatch-export', Version: 1 } as const;

/** A job with its whole story, as it goes from one server to another. Times in milliseconds since the epoch. */
export interface JobRecord {
  id: string;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  state: State;
  message: string;
  description: JobDescription;
  /** What is run. */
  dag: Dag;
  tasks: TaskRecord[];
}

export interface TaskRecord {
  name: string;
  state: State;
  startedAt: number | null;
  endedAt: number | null;
  /** Those that ever left Waiting. */
  instances: InstanceRow[];
}

export type TransferRecord = { kind: 'app'; app: ImportedApp } | { kind: 'job'; job: JobRecord };
