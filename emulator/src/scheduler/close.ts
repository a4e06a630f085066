import { isFinal } from '@rebatch/model';
import type { Draft } from './draft.ts';
import type { TaskState } from './job-state.ts';
import { completionMessage } from './messages.ts';
import { isReady } from './ready.ts';

/**
 * Ends the task if none of its instances is left, then readies its successors or ends the job. Only a job with
 * JobFailOnInstanceFail=false gets here with failed instances: its run is complete all the same (spec §10.4).
 */
export function closeTask(draft: Draft, name: string, at: number): void {
  const task = draft.task(name);
  if (task === undefined || task.counts.finished + task.counts.failed < task.instanceCount) return;
  draft.patchTask(name, { state: 'Finished', endedAt: at });
  for (const successor of task.successors) {
    const next = draft.task(successor);
    if (next && isReady(next, (other) => draft.task(other)?.state)) {
      draft.effect({ type: 'ready', task: successor });
    }
  }
  if (!draft.allTasksAre('Finished')) return;
  draft.patchJob({ state: 'Finished', endedAt: at, message: completionMessage(draft.tasks()) });
  draft.effect({ type: 'closed' });
}

/**
 * Ends the job before its work is done. Whatever is not final becomes Stopped: no part of a final job waits or runs.
 * `except`: an instance that has ended by this very event.
 */
export function haltJob(
  draft: Draft,
  end: {
    state: 'Failed' | 'Stopped';
    message: string;
    at: number;
    except?: { task: string; number: number };
  },
): void {
  const { state, message, at } = end;
  const endedAt = draft.job().startedAt === null && state === 'Stopped' ? null : at;
  draft.patchJob({ state, message, endedAt });
  for (const task of draft.tasks()) {
    if (task.state === 'Finished') continue;
    haltTask(draft, task, end);
  }
  draft.effect({ type: 'closed' });
}

function haltTask(
  draft: Draft,
  task: TaskState,
  end: { at: number; except?: { task: string; number: number } },
): void {
  const { name, counts } = task;
  for (const instance of task.instances.values()) {
    if (instance.phase !== 'Dispatched' && instance.phase !== 'Running') continue;
    if (end.except?.task === name && end.except.number === instance.number) continue;
    draft.effect({ type: 'stop', task: name, number: instance.number, attempt: instance.attempt });
  }
  draft.change({ kind: 'halt', task: name, at: end.at });
  const stopped = counts.stopped + counts.waiting + counts.running;
  draft.patchTask(name, { counts: { ...counts, waiting: 0, running: 0, stopped } });
  if (!isFinal(task.state)) {
    draft.patchTask(name, { state: 'Stopped', endedAt: task.startedAt === null ? null : end.at });
  }
}
