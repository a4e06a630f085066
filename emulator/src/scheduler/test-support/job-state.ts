import type { InstanceOrder } from '@rebatch/model';
import type { TaskRow } from '../../store/rows.ts';
import { type JobState, toJobState } from '../job-state.ts';

export interface StateShape {
  failOnInstanceFail?: boolean;
  tasks: { name: string; instances: number; retries?: number; after?: string[]; order?: InstanceOrder }[];
}

/** A new job as the state machine sees it. */
export function newJobState({ failOnInstanceFail = true, tasks }: StateShape): JobState {
  const job = {
    seq: 1,
    id: `job-${'0'.repeat(32)}`,
    owner: '1',
    name: 'job',
    priority: 0,
    state: 'Waiting',
    message: '',
    failOnInstanceFail,
    autoRelease: false,
    createdAt: 0,
    startedAt: null,
    endedAt: null,
  } as const;
  const rows = tasks.map(
    ({ name, instances, retries = 0, after = [], order = 'number' }, index): TaskRow => ({
      rowId: index + 1,
      jobSeq: 1,
      name,
      state: 'Waiting',
      instanceCount: instances,
      maxRetryCount: retries,
      clusterId: '',
      predecessors: after,
      counts: { waiting: instances, running: 0, finished: 0, failed: 0, stopped: 0 },
      order,
      limits: [],
      cursor: 0,
      startedAt: null,
      endedAt: null,
    }),
  );
  return toJobState(job, rows, () => []);
}
