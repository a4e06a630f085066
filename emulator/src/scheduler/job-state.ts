import type { InstanceRow, JobRow, TaskRow } from '../store/rows.ts';

/** A job as the state machine sees it: everything that a decision may depend on, and nothing else. */
export interface JobState extends JobRow {
  /** By name, in the order of the description. */
  tasks: Map<string, TaskState>;
}

export interface TaskState extends TaskRow {
  successors: string[];
  /** Instances that have a row and are not Finished, by number. */
  instances: Map<number, InstanceRow>;
}

/** Puts a job together from its rows. `instancesOf`: rows of a task's instances that are not Finished. */
export function toJobState(
  job: JobRow,
  tasks: readonly TaskRow[],
  instancesOf: (taskRow: number) => readonly InstanceRow[],
): JobState {
  const states = new Map<string, TaskState>(
    tasks.map((task) => [
      task.name,
      {
        ...task,
        successors: [],
        instances: new Map(instancesOf(task.rowId).map((instance) => [instance.number, instance])),
      },
    ]),
  );
  for (const task of states.values()) {
    for (const name of task.predecessors) states.get(name)?.successors.push(task.name);
  }
  return { ...job, tasks: states };
}
