import { expect, test } from 'vitest';
import { missingLimits } from './missing-limits.ts';

test.each([
  ['true true', []],
  ['', []],
  ['true false', ['processes']],
  ['false false', ['memory and processes']],
])('of a daemon that says "%s" it is noted that it cannot limit %j', (info, missing) => {
  const details = missingLimits(info).map(({ detail }) => /cannot limit (.*) of programs/.exec(detail)?.[1]);
  expect(details).toEqual(missing);
});
