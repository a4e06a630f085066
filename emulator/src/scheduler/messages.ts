import type { InstanceRow } from '../store/rows.ts';
import type { TaskState } from './job-state.ts';

/** The job's Message when an instance failed for good; clients show it as it is (spec/clients.md §6.5). */
export function failureMessage(task: string, instance: InstanceRow): string {
  const tries = instance.retries === 0 ? '' : ` (attempt ${instance.retries + 1})`;
  // What went wrong may be told in whole sentences.
  const what = instance.errorMessage.replace(/\.$/, '');
  return `Task ${task}, instance ${instance.number}: ${what}${tries}.`;
}

/** The Message of a job that ran to its end although instances failed; "" when none did. */
export function completionMessage(tasks: readonly TaskState[]): string {
  const failed = tasks.filter((task) => task.counts.failed > 0);
  if (failed.length === 0) return '';
  const parts = failed.map((task) => `${task.counts.failed} of ${task.instanceCount} in task ${task.name}`);
  return `Instances failed: ${parts.join(', ')}.`;
}
