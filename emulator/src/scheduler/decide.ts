import { instanceAt, isFinal } from '@rebatch/model';
import type { AttemptOutcome } from '@rebatch/worker';
import { freshInstance } from '../store/fresh-instance.ts';
import type { InstanceRow } from '../store/rows.ts';
import { closeTask, haltJob } from './close.ts';
import type { Decision } from './decision.ts';
import { Draft } from './draft.ts';
import type { JobEvent } from './job-event.ts';
import type { JobState } from './job-state.ts';
import { failureMessage } from './messages.ts';
import { outcomeResult } from './outcome-result.ts';
import { isReady } from './ready.ts';

/**
 * The state machine of jobs, tasks and instances (spec/batchcompute-api.md §10), pure: what an event changes and what
 * has to be done about it. An event that no longer fits (of an attempt that was replaced, of a job that was stopped)
 * changes nothing.
 */
export function decide(job: JobState, given: JobEvent): Decision {
  const draft = new Draft(job);
  const event = notBeforeItsCause(job, given);
  switch (event.type) {
    case 'dispatched':
      dispatch(draft, event.task, event.number);
      break;
    case 'started':
      started(draft, event);
      break;
    case 'progress': {
      const instance = current(draft, event);
      if (instance?.phase === 'Running' && event.percent > instance.progress) {
        draft.putInstance(event.task, { ...instance, progress: Math.min(100, Math.floor(event.percent)) });
      }
      break;
    }
    case 'ended':
      ended(draft, event);
      break;
    case 'stop':
      if (isFinal(job.state)) break;
      haltJob(draft, { state: 'Stopped', message: '', at: event.at });
      break;
    case 'abandon':
      if (isFinal(job.state)) break;
      haltJob(draft, { state: 'Failed', message: event.message, at: event.at });
      break;
    case 'resume':
      resume(draft);
      break;
  }
  return draft.decision();
}

/**
 * The same event, not earlier than what must have come before it: the machine's clock may be set back in the middle of a
 * job, and no program should end before it starts.
 */
function notBeforeItsCause(job: JobState, event: JobEvent): JobEvent {
  if (!('at' in event)) return event;
  const instance = 'number' in event ? job.tasks.get(event.task)?.instances.get(event.number) : undefined;
  const at = Math.max(event.at, job.createdAt, job.startedAt ?? 0, instance?.startedAt ?? 0);
  return { ...event, at };
}

function dispatch(draft: Draft, name: string, number: number): void {
  const task = draft.task(name);
  if (task === undefined || isFinal(task.state) || isFinal(draft.job().state)) return;
  const before = task.instances.get(number);
  const { order, cursor, instanceCount } = task;
  const isNext = cursor < instanceCount && number === instanceAt(order, cursor, instanceCount);
  if (before === undefined ? !isNext : before.phase !== 'Waiting') return;
  const attempt = (before?.attempt ?? -1) + 1;
  const { failures, retries } = before ?? { failures: 0, retries: 0 };
  draft.putInstance(name, {
    ...freshInstance(number, 'Waiting'),
    phase: 'Dispatched',
    attempt,
    failures,
    retries,
  });
  if (before === undefined) draft.patchTask(name, { cursor: cursor + 1 });
  draft.effect({ type: 'start', task: name, number, attempt });
}

type AttemptKey = { task: string; number: number; attempt: number };

/** The instance, if this attempt is the one that it is on. */
function current(draft: Draft, key: AttemptKey): InstanceRow | undefined {
  const instance = draft.task(key.task)?.instances.get(key.number);
  if (instance?.attempt !== key.attempt) return undefined;
  return instance.phase === 'Dispatched' || instance.phase === 'Running' ? instance : undefined;
}

function started(draft: Draft, event: AttemptKey & { at: number; nodeIp: string }): void {
  const instance = current(draft, event);
  // An adopted attempt reports its start again.
  if (instance?.phase !== 'Dispatched') return;
  draft.putInstance(event.task, {
    ...instance,
    phase: 'Running',
    startedAt: event.at,
    nodeIp: event.nodeIp,
  });
  draft.move(event.task, 'waiting', 'running');
  markRunning(draft, event.task, event.at);
}

function markRunning(draft: Draft, name: string, at: number): void {
  const task = draft.task(name);
  if (task?.state === 'Waiting') draft.patchTask(name, { state: 'Running', startedAt: at });
  if (draft.job().state === 'Waiting') draft.patchJob({ state: 'Running', startedAt: at });
}

function ended(draft: Draft, event: AttemptKey & { at: number; outcome: AttemptOutcome }): void {
  const instance = current(draft, event);
  if (instance === undefined) return;
  const from = instance.phase === 'Running' ? 'running' : 'waiting';
  const { outcome, at, task: name } = event;
  const over = { ...instance, ...outcomeResult(outcome), endedAt: at };

  if (outcome.kind === 'exited' && outcome.exitCode === 0) {
    const startedAt = instance.startedAt ?? at;
    draft.putInstance(name, { ...over, phase: 'Finished', startedAt, progress: 100 });
    draft.move(name, from, 'finished');
    markRunning(draft, name, startedAt);
    closeTask(draft, name, at);
    return;
  }
  // Nobody asked for the stop of an attempt that is still wanted: the sandbox was taken away, like a lost one.
  const lost = outcome.kind === 'lost' || outcome.kind === 'stopped';
  const failures = instance.failures + (lost ? 0 : 1);
  const task = draft.task(name);
  if (lost || failures <= (task?.maxRetryCount ?? 0)) {
    const retries = instance.retries + 1;
    draft.putInstance(name, { ...over, phase: 'Waiting', failures, retries, startedAt: null, endedAt: null });
    draft.move(name, from, 'waiting');
    const losses = lost ? retries - failures : 0;
    draft.effect({ type: 'retry', task: name, number: event.number, losses });
    return;
  }
  const failed: InstanceRow = { ...over, phase: 'Failed', failures };
  draft.putInstance(name, failed);
  draft.move(name, from, 'failed');
  if (draft.job().failOnInstanceFail) {
    draft.patchTask(name, { state: 'Failed', endedAt: at });
    haltJob(draft, { state: 'Failed', message: failureMessage(name, failed), at, except: event });
  } else {
    markRunning(draft, name, at);
    closeTask(draft, name, at);
  }
}

/** StartJob: what has succeeded stays, everything else waits again (spec §10.2). */
function resume(draft: Draft): void {
  const { state } = draft.job();
  if (state !== 'Stopped' && state !== 'Failed') return;
  draft.patchJob({ state: 'Waiting', message: '', startedAt: null, endedAt: null });
  for (const task of draft.tasks()) {
    if (task.state === 'Finished') continue;
    const { finished } = task.counts;
    const waiting = task.instanceCount - finished;
    draft.change({ kind: 'requeue', task: task.name });
    draft.patchTask(task.name, {
      state: 'Waiting',
      startedAt: null,
      endedAt: null,
      counts: { waiting, running: 0, finished, failed: 0, stopped: 0 },
    });
  }
  for (const task of draft.tasks()) {
    if (isReady(task, (name) => draft.task(name)?.state)) draft.effect({ type: 'ready', task: task.name });
  }
}
