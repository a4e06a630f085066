import type { TaskView } from '@rebatch/model';
import { type ControlOptions, findOwnTask } from './context.ts';
import type { Caller } from './control.ts';
import { taskView } from './views.ts';

/** GET /jobs/{Id}/tasks/{TaskName}. */
export function getTask(options: ControlOptions, caller: Caller, jobId: string, taskName: string): TaskView {
  const { task } = findOwnTask(options, caller, jobId, taskName);
  return taskView(task, options.scheduler.explain(jobId, taskName).get(taskName));
}
