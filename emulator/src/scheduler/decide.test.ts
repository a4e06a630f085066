import type { AttemptOutcome } from '@rebatch/worker';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { Effect } from './decision.ts';
import { evolve } from './evolve.ts';
import type { JobEvent } from './job-event.ts';
import type { JobState } from './job-state.ts';
import { newJobState } from './test-support/job-state.ts';

const OK: AttemptOutcome = { kind: 'exited', exitCode: 0 };
const BAD: AttemptOutcome = { kind: 'exited', exitCode: 3 };
const LOST: AttemptOutcome = { kind: 'lost', message: 'node gone' };

function happen(job: JobState, ...events: JobEvent[]): Effect[] {
  return events.flatMap((event) => {
    const { changes, effects } = decide(job, event);
    evolve(job, changes);
    return effects;
  });
}

/** One whole attempt of an instance. */
const attempt = (number: number, outcome: AttemptOutcome, tries = 0, task = 'a'): JobEvent[] => [
  { type: 'dispatched', task, number },
  { type: 'started', task, number, attempt: tries, at: 10, nodeIp: '10.0.0.1' },
  { type: 'ended', task, number, attempt: tries, at: 20, outcome },
];

test('a job runs from Waiting over Running to Finished', () => {
  const job = newJobState({ tasks: [{ name: 'a', instances: 1 }] });
  const [dispatched, started, ended] = attempt(0, OK);
  expect(happen(job, dispatched!)).toEqual([{ type: 'start', task: 'a', number: 0, attempt: 0 }]);
  expect(job).toMatchObject({ state: 'Waiting', startedAt: null });
  happen(job, started!);
  expect(job).toMatchObject({ state: 'Running', startedAt: 10, endedAt: null });
  expect(job.tasks.get('a')).toMatchObject({ state: 'Running', counts: { waiting: 0, running: 1 } });
  expect(happen(job, ended!)).toEqual([{ type: 'closed' }]);
  expect(job).toMatchObject({ state: 'Finished', endedAt: 20, message: '' });
});

test('a task becomes ready when the last of its predecessors is Finished', () => {
  const job = newJobState({
    tasks: [
      { name: 'a', instances: 1 },
      { name: 'b', instances: 1 },
      { name: 'c', instances: 1, after: ['a', 'b'] },
    ],
  });
  expect(happen(job, ...attempt(0, OK, 0, 'a')).map(({ type }) => type)).not.toContain('ready');
  expect(happen(job, ...attempt(0, OK, 0, 'b'))).toContainEqual({ type: 'ready', task: 'c' });
});

test('a failed instance is run again as often as MaxRetryCount allows, then fails the job with a message that says why', () => {
  const job = newJobState({ tasks: [{ name: 'a', instances: 3, retries: 1 }] });
  const first = happen(job, ...attempt(0, BAD));
  expect(first).toContainEqual({ type: 'retry', task: 'a', number: 0, losses: 0 });
  expect(job.state).toBe('Running');
  happen(job, ...attempt(1, OK));
  happen(job, ...attempt(0, BAD, 1));
  expect(job.state).toBe('Failed');
  expect(job.message).toBe('Task a, instance 0: the program ended with exit code 3 (attempt 2).');
  expect(job.tasks.get('a')).toMatchObject({
    state: 'Failed',
    counts: { waiting: 0, running: 0, finished: 1, failed: 1, stopped: 1 },
  });
});

test('an attempt that was lost does not count against MaxRetryCount', () => {
  const job = newJobState({ tasks: [{ name: 'a', instances: 1, retries: 0 }] });
  for (let n = 0; n < 5; n++) {
    expect(happen(job, ...attempt(0, LOST, n))).toContainEqual({
      type: 'retry',
      task: 'a',
      number: 0,
      losses: n + 1,
    });
  }
  expect(job.tasks.get('a')?.instances.get(0)).toMatchObject({ phase: 'Waiting', failures: 0, retries: 5 });
  happen(job, ...attempt(0, OK, 5));
  expect(job.state).toBe('Finished');
});

test('with JobFailOnInstanceFail the first failure stops what runs elsewhere', () => {
  const job = newJobState({
    tasks: [
      { name: 'a', instances: 2 },
      { name: 'b', instances: 1 },
    ],
  });
  happen(job, ...attempt(0, OK, 0, 'b').slice(0, 2));
  happen(job, { type: 'dispatched', task: 'a', number: 0 });
  const effects = happen(job, {
    type: 'ended',
    task: 'a',
    number: 0,
    attempt: 0,
    at: 5,
    outcome: { kind: 'failed', code: 'ImageMissing', message: 'there is no image x' },
  });
  expect(effects).toEqual([{ type: 'stop', task: 'b', number: 0, attempt: 0 }, { type: 'closed' }]);
  expect(job.tasks.get('b')).toMatchObject({ state: 'Stopped', counts: { stopped: 1 } });
});

test('without JobFailOnInstanceFail the job goes on, finishes, and says how many failed', () => {
  const job = newJobState({
    failOnInstanceFail: false,
    tasks: [
      { name: 'a', instances: 2 },
      { name: 'b', instances: 1, after: ['a'] },
    ],
  });
  happen(job, ...attempt(0, BAD), ...attempt(1, OK));
  expect(job.tasks.get('a')).toMatchObject({ state: 'Finished', counts: { finished: 1, failed: 1 } });
  happen(job, ...attempt(0, OK, 0, 'b'));
  expect(job).toMatchObject({ state: 'Finished', message: 'Instances failed: 1 of 2 in task a.' });
});

test('a stopped job has nothing left that waits or runs, and what comes late from its attempts changes nothing', () => {
  const job = newJobState({ tasks: [{ name: 'a', instances: 3 }] });
  happen(job, ...attempt(0, OK), ...attempt(1, OK).slice(0, 2));
  expect(happen(job, { type: 'stop', at: 30 })).toEqual([
    { type: 'stop', task: 'a', number: 1, attempt: 0 },
    { type: 'closed' },
  ]);
  expect(job).toMatchObject({ state: 'Stopped', endedAt: 30 });
  expect(job.tasks.get('a')?.counts).toEqual({ waiting: 0, running: 0, finished: 1, failed: 0, stopped: 2 });
  const late: JobEvent = { type: 'ended', task: 'a', number: 1, attempt: 0, at: 31, outcome: OK };
  expect(decide(job, late)).toEqual({ changes: [], effects: [] });
});

test('a job that never started keeps both its times empty when it is stopped', () => {
  const job = newJobState({ tasks: [{ name: 'a', instances: 1 }] });
  happen(job, { type: 'stop', at: 30 });
  expect(job).toMatchObject({ state: 'Stopped', startedAt: null, endedAt: null });
});

test('a restarted job runs only what has not succeeded, with higher attempt numbers and all its retries again', () => {
  const job = newJobState({ tasks: [{ name: 'a', instances: 3, retries: 1 }] });
  happen(job, ...attempt(0, OK), ...attempt(1, BAD), ...attempt(1, BAD, 1));
  expect(job.state).toBe('Failed');
  const effects = happen(job, { type: 'resume' });
  expect(effects).toEqual([{ type: 'ready', task: 'a' }]);
  expect(job).toMatchObject({ state: 'Waiting', message: '', startedAt: null, endedAt: null });
  expect(job.tasks.get('a')?.counts).toMatchObject({ waiting: 2, finished: 1, failed: 0, stopped: 0 });
  expect(happen(job, { type: 'dispatched', task: 'a', number: 0 })).toEqual([]);
  expect(happen(job, { type: 'dispatched', task: 'a', number: 1 })).toEqual([
    { type: 'start', task: 'a', number: 1, attempt: 2 },
  ]);
  expect(job.tasks.get('a')?.instances.get(1)).toMatchObject({ failures: 0, retries: 0 });
});

test('an adopted attempt that reports its start again keeps its first start time', () => {
  const job = newJobState({ tasks: [{ name: 'a', instances: 1 }] });
  happen(job, ...attempt(0, OK).slice(0, 2));
  const again: JobEvent = { type: 'started', task: 'a', number: 0, attempt: 0, at: 99, nodeIp: '10.0.0.2' };
  expect(decide(job, again).changes).toEqual([]);
});

const progress = (percent: number): JobEvent => ({
  type: 'progress',
  task: 'a',
  number: 0,
  attempt: 0,
  percent,
});

test('progress only goes up', () => {
  const job = newJobState({ tasks: [{ name: 'a', instances: 1 }] });
  happen(job, ...attempt(0, OK).slice(0, 2));
  happen(job, progress(40.7), progress(12));
  expect(job.tasks.get('a')?.instances.get(0)?.progress).toBe(40);
});
