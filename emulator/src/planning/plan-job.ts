import { type Dag, manualClock, parseAttemptId, type State } from '@rebatch/model';
import type { AttemptSpec } from '@rebatch/worker';
import type { Occurrence } from '../events/occurrence.ts';
import { parseSimulation } from '../executor/simulated/parse-simulation.ts';
import { simulatedExecutor } from '../executor/simulated/simulated-executor.ts';
import { openScheduler } from '../scheduler/open-scheduler.ts';
import type { AttemptRequest } from '../scheduler/scheduler.ts';
import { openStore } from '../store/store.ts';

export interface PlanRequest {
  name: string;
  dag: Dag;
  /** Attempts that run at once. */
  slots: number;
  /** Milliseconds that an instance of each task takes. */
  durations: ReadonlyMap<string, number>;
}

/** When a task would run; milliseconds since the job's submission, undefined when it never would. */
export interface TaskPlan {
  task: string;
  instances: number;
  startMs?: number;
  endMs?: number;
}

export interface JobPlan {
  state: State;
  message: string;
  totalMs: number;
  /** Milliseconds that slots are busy, all together. */
  busyMs: number;
  tasks: TaskPlan[];
}

const JOB_ID = `job-${'0'.repeat(32)}`;
const OWNER = '1';

/**
 * Works out how a job would go on an empty farm, by letting the real scheduler run it in no time: its clock jumps from
 * one thing that happens to the next, and its attempts last as long as they are said to.
 */
export async function planJob({ name, dag, slots, durations }: PlanRequest): Promise<JobPlan> {
  const clock = manualClock();
  const began = clock.now();
  const store = openStore(':memory:');
  const simulation = parseSimulation('');
  const starts = new Map<string, number>();
  const ends = new Map<string, number>();
  let busyMs = 0;
  const durationOf = (task: string): number => durations.get(task) ?? 0;
  const scheduler = openScheduler({
    store,
    clock,
    executor: simulatedExecutor({
      clock,
      slots,
      simulation,
      simulationOf: ({ taskName }) => ({
        ...simulation,
        duration: { min: durationOf(taskName), max: durationOf(taskName) },
      }),
    }),
    specOf,
    publish(happening) {
      if (happening.type !== 'ended') return;
      const task = parseAttemptId(happening.attemptId)?.taskName ?? '';
      busyMs += Math.min(durationOf(task), (dag.Tasks[task]?.Timeout ?? 0) * 1000);
    },
    recorder: {
      record: (occurrences) => note(occurrences, clock.now() - began, starts, ends),
      recordCluster: () => {},
      recorded: () => {},
    },
  });
  try {
    await scheduler.start();
    await scheduler.submit({
      id: JOB_ID,
      owner: OWNER,
      createdAt: began,
      description: {
        Name: name,
        Description: '',
        Priority: 0,
        Type: 'DAG',
        JobFailOnInstanceFail: true,
        AutoRelease: false,
        DAG: dag,
      },
      dag: withoutClusters(dag),
    });
    do await scheduler.settled();
    while (store.loadActiveJobs().length > 0 && clock.runNext());
    const job = store.findJob(JOB_ID);
    return {
      state: job?.state ?? 'Waiting',
      message: job?.message ?? '',
      totalMs: (job?.endedAt ?? clock.now()) - began,
      busyMs,
      tasks: Object.entries(dag.Tasks).map(([task, { InstanceCount: instances }]) => ({
        task,
        instances,
        ...(starts.has(task) ? { startMs: starts.get(task) ?? 0 } : {}),
        ...(ends.has(task) ? { endMs: ends.get(task) ?? 0 } : {}),
      })),
    };
  } finally {
    await scheduler.close();
    store.close();
  }
}

function note(
  occurrences: readonly Occurrence[],
  at: number,
  starts: Map<string, number>,
  ends: Map<string, number>,
): void {
  for (const { name, task } of occurrences) {
    if (task === undefined) continue;
    if (name === 'OnTaskRunning') starts.set(task.name, at);
    if (name === 'OnTaskFinished' || name === 'OnTaskFailed') ends.set(task.name, at);
  }
}

/** Tasks of clusters are planned on slots like all others. */
function withoutClusters(dag: Dag): Dag {
  const tasks = Object.entries(dag.Tasks).map(([name, { ClusterId: _cluster, ...task }]) => [name, task]);
  return { ...dag, Tasks: Object.fromEntries(tasks) };
}

/** Nothing runs, so that nothing has to be prepared. */
function specOf({ job, dag, taskName, instanceId, attempt }: AttemptRequest): AttemptSpec {
  const task = dag.Tasks[taskName];
  return {
    id: `${job.id}.${taskName}.${instanceId}.${attempt}`,
    jobId: job.id,
    taskName,
    instanceId,
    attempt,
    instanceCount: task?.InstanceCount ?? 1,
    owner: job.owner,
    image: 'none',
    contract: 'vm',
    commandLine: '',
    env: {},
    inputs: [],
    outputs: [],
    logs: [],
    timeoutSeconds: task?.Timeout ?? 86_400,
    region: 'local',
  };
}
