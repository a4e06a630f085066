import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { attemptId, parseAttemptId } from './attempt-id.ts';
import { newJobId } from './job-id.ts';

const JOB = 'job-0000000065A0B1C20000000100000001';

test('an id names job, task, instance and attempt', () => {
  expect(attemptId({ jobId: JOB, taskName: 'render', instanceId: 12, attempt: 0 })).toBe(
    `${JOB}.render.12.0`,
  );
});

test('every id can be taken apart again', () => {
  const names = fc.record({
    jobId: fc.nat().map((n) => newJobId(n, n % 0xf_ff_ff, n)),
    taskName: fc.stringMatching(/^[a-zA-Z_-][a-zA-Z0-9_-]{0,31}$/),
    instanceId: fc.nat(1_000_000),
    attempt: fc.nat(1000),
  });
  fc.assert(
    fc.property(names, (name) => {
      expect(parseAttemptId(attemptId(name))).toEqual(name);
    }),
  );
});

test.each([`${JOB}.a.0`, `${JOB}.a.00.0`, `${JOB}.a.-1.0`, `x${JOB}.a.0.0`, `${JOB}..0.0`, `${JOB}.a.0.0.0`])(
  '%s is no id of an attempt',
  (text) => {
    expect(parseAttemptId(text)).toBeUndefined();
  },
);
