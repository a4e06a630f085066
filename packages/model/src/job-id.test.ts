import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJobId, jobIdSource, newJobId } from './job-id.ts';
import { manualClock } from './manual-clock.ts';

test('an id is job- and 32 upper-case hex digits, led by zeros and the second of creation', () => {
  const id = newJobId(0x65_a0_b1_c2 * 1000 + 7, 0xab, 0xc0_ff_ee);
  expect(id).toBe('job-0000000065A0B1C2007000AB00C0FFEE');
  expect(isJobId(id)).toBe(true);
});

test.each([
  '',
  'job-',
  'job-0000000065a0b1c2007000ab00c0ffee',
  `job-${'0'.repeat(31)}`,
  `job-${'0'.repeat(32)} `,
])('%j is no id of a job', (text) => {
  expect(isJobId(text)).toBe(false);
});

test('ids sort by creation, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 200 }), (steps) => {
      let now = Date.UTC(2026, 0, 1);
      const next = jobIdSource({ now: () => now }, () => 0xff_ff_ff_ff);
      const ids = steps.map((step) => {
        now += step;
        return next();
      });
      expect(ids.every(isJobId)).toBe(true);
      expect(ids.toSorted()).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('two sources at the same moment do not meet', () => {
  const clock = manualClock();
  expect(jobIdSource(clock)()).not.toBe(jobIdSource(clock)());
});
