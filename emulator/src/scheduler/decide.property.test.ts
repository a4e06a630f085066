import { isFinal } from '@rebatch/model';
import type { AttemptOutcome } from '@rebatch/worker';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import type { JobEvent } from './job-event.ts';
import type { JobState, TaskState } from './job-state.ts';
import { newJobState, type StateShape } from './test-support/job-state.ts';

/**
 * Random nights: a job of random shape, and a world that dispatches, runs, fails, loses, stops and restarts at random. The
 * laws of spec/batchcompute-api.md §10 hold after every single event.
 */
const OUTCOMES: AttemptOutcome[] = [
  { kind: 'exited', exitCode: 0 },
  { kind: 'exited', exitCode: 0 },
  { kind: 'exited', exitCode: 7 },
  { kind: 'killed', reason: 'timeout', exitCode: 137 },
  { kind: 'failed', code: 'PackageMissing', message: 'there is no package' },
  { kind: 'lost', message: 'node gone' },
  { kind: 'stopped' },
];

const shape: fc.Arbitrary<StateShape> = fc
  .record({
    failOnInstanceFail: fc.boolean(),
    tasks: fc.array(
      fc.record({
        instances: fc.integer({ min: 1, max: 4 }),
        retries: fc.integer({ min: 0, max: 2 }),
        after: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ failOnInstanceFail, tasks }) => ({
    failOnInstanceFail,
    tasks: tasks.map(({ instances, retries, after }, index) => ({
      name: `t${index}`,
      instances,
      retries,
      // Only earlier tasks, so that there is no cycle.
      after: [...new Set(after.filter((n) => n < index))].map((n) => `t${n}`),
    })),
  }));

/** One draw of the world; which instance and outcome it means depends on what is possible then. */
const draw = fc.record({
  what: fc.constantFrom('dispatch', 'dispatch', 'start', 'end', 'end', 'stop', 'resume', 'stale'),
  pick: fc.nat(),
  outcome: fc.constantFrom(...OUTCOMES),
});

interface Attempt {
  task: string;
  number: number;
  attempt: number;
}

function dispatchable(job: JobState): { task: string; number: number }[] {
  if (isFinal(job.state)) return [];
  return [...job.tasks.values()]
    .filter((task) => !isFinal(task.state))
    .filter((task) => task.predecessors.every((name) => job.tasks.get(name)?.state === 'Finished'))
    .flatMap((task) => {
      const again = [...task.instances.values()].filter(({ phase }) => phase === 'Waiting');
      const numbers = again.map(({ number }) => number);
      if (task.cursor < task.instanceCount) numbers.push(task.cursor);
      return numbers.map((number) => ({ task: task.name, number }));
    });
}

function checkTask(job: JobState, task: TaskState): void {
  const { waiting, running, finished, failed, stopped } = task.counts;
  expect(waiting + running + finished + failed + stopped).toBe(task.instanceCount);
  for (const count of [waiting, running, finished, failed, stopped]) expect(count).toBeGreaterThanOrEqual(0);

  const phases = [...task.instances.values()].map(({ phase }) => phase);
  const fresh = task.instanceCount - task.cursor;
  expect(running).toBe(phases.filter((phase) => phase === 'Running').length);
  expect(failed).toBe(phases.filter((phase) => phase === 'Failed').length);
  const idle = phases.filter((phase) => phase === 'Waiting' || phase === 'Dispatched').length;
  expect(waiting).toBe(idle + (isFinal(task.state) ? 0 : fresh));
  expect(finished).toBe(task.cursor - task.instances.size);

  for (const instance of task.instances.values()) {
    expect(instance.failures).toBeLessThanOrEqual(task.maxRetryCount + 1);
    if (instance.phase !== 'Failed') expect(instance.failures).toBeLessThanOrEqual(task.maxRetryCount);
  }
  if (task.state === 'Running') {
    for (const name of task.predecessors) expect(job.tasks.get(name)?.state).toBe('Finished');
  }
  if (task.state === 'Finished') {
    expect(finished + failed).toBe(task.instanceCount);
    if (job.failOnInstanceFail) expect(failed).toBe(0);
  }
  if (isFinal(task.state)) expect(waiting + running).toBe(0);
}

function check(job: JobState): void {
  const tasks = [...job.tasks.values()];
  for (const task of tasks) checkTask(job, task);
  if (isFinal(job.state)) expect(tasks.every(({ state }) => isFinal(state))).toBe(true);
  else expect(tasks.every(({ state }) => state === 'Finished')).toBe(false);
  expect(job.state === 'Finished').toBe(tasks.every(({ state }) => state === 'Finished'));
  if (job.state === 'Waiting')
    expect(tasks.every(({ state }) => state === 'Waiting' || state === 'Finished')).toBe(true);
  if (job.state === 'Failed') expect(job.message).not.toBe('');
  if (!job.failOnInstanceFail) expect(job.state).not.toBe('Failed');
  expect(job.endedAt !== null && !isFinal(job.state)).toBe(false);
}

test('whatever happens, counts add up, order is kept, nothing runs twice and no final job holds open work', () => {
  fc.assert(
    fc.property(shape, fc.array(draw, { maxLength: 80 }), (given, draws) => {
      const job = newJobState(given);
      /** Attempts that the executor was asked to start and that have not ended. */
      const flying: Attempt[] = [];
      const retired: Attempt[] = [];
      const succeeded = new Set<string>();
      const started = new Set<string>();
      let at = 0;

      const happen = (event: JobEvent): void => {
        const before = structuredClone(job);
        const decision = decide(job, event);
        expect(job).toEqual(before);
        evolve(job, decision.changes);
        for (const effect of decision.effects) {
          if (effect.type !== 'start') continue;
          const { task, number, attempt } = effect;
          const id = `${task}.${number}.${attempt}`;
          expect(started.has(id)).toBe(false);
          expect(succeeded.has(`${task}.${number}`)).toBe(false);
          expect(flying.some((other) => other.task === task && other.number === number)).toBe(false);
          started.add(id);
          flying.push({ task, number, attempt });
        }
        check(job);
      };
      check(job);

      for (const { what, pick, outcome } of draws) {
        at++;
        if (what === 'stop') happen({ type: 'stop', at });
        if (what === 'resume') happen({ type: 'resume' });
        if (what === 'dispatch') {
          // The engine keeps an instance back while an older attempt of it has not ended.
          const possible = dispatchable(job).filter(
            ({ task, number }) => !flying.some((other) => other.task === task && other.number === number),
          );
          const chosen = possible[pick % possible.length];
          if (chosen) happen({ type: 'dispatched', ...chosen });
        }
        if (what === 'stale') {
          const chosen = retired[pick % retired.length];
          if (chosen) {
            expect(decide(job, { type: 'ended', ...chosen, at, outcome })).toEqual({
              changes: [],
              effects: [],
            });
          }
        }
        const index = pick % flying.length;
        const attempt = flying[index];
        if (attempt === undefined) continue;
        if (what === 'start') happen({ type: 'started', ...attempt, at, nodeIp: '' });
        if (what === 'end') {
          flying.splice(index, 1);
          retired.push(attempt);
          const live = job.tasks.get(attempt.task)?.instances.get(attempt.number);
          const counts =
            live?.attempt === attempt.attempt && (live.phase === 'Dispatched' || live.phase === 'Running');
          if (counts && outcome.kind === 'exited' && outcome.exitCode === 0) {
            succeeded.add(`${attempt.task}.${attempt.number}`);
          }
          happen({ type: 'ended', ...attempt, at, outcome });
        }
      }
    }),
    { numRuns: 300 },
  );
});
