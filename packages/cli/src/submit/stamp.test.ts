import { expect, test } from 'vitest';
import { asName, stamped } from './stamp.ts';

test('makes any text a job name', () => {
  expect(['island', '2nd shot', 'a b/c.blend', '日本', ''].map(asName)).toEqual([
    'island',
    'job-2nd-shot',
    'a-b-c-blend',
    'job',
    'job',
  ]);
});

test('names a run by its time', () => {
  expect(stamped('island', new Date('2026-11-25T10:43:12.000Z'))).toMatch(
    /^island-20261125-104312-[0-9a-f]{4}$/,
  );
});
