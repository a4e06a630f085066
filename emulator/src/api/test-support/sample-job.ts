import type { JobView } from '@rebatch/model';
import { KEY } from './start-api.ts';

const COUNTS = { WaitingCount: 0, RunningCount: 0, FinishedCount: 1, FailedCount: 0, StoppedCount: 0 };

export const JOB: JobView = {
  Id: 'job-00000000000000000000000000000001',
  Name: 'demo',
  Owner: KEY.owner,
  OwnerId: 1_000_001,
  Priority: 1,
  State: 'Finished',
  Message: '',
  CreationTime: '2024-01-12T03:30:42.000001Z',
  StartTime: '2024-01-12T03:31:10.250000Z',
  EndTime: '2024-01-12T03:31:40.000000Z',
  TaskMetrics: COUNTS,
  InstanceMetrics: COUNTS,
};
