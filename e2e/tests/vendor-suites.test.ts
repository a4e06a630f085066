import { expect, test } from 'vitest';
import { judge } from '../vendor-suites/judge.ts';
import { parseGocheck } from '../vendor-suites/parse-gocheck.ts';
import { parseGoTest } from '../vendor-suites/parse-go-test.ts';
import { replaceSection, suiteSection } from '../vendor-suites/section.ts';
import type { Outcome } from '../vendor-suites/suite.ts';

test('reads what gocheck prints', () => {
  const output = `PASS: /mod/bucket_test.go:2607: BucketSuite.TestFine	0.002s

----------------------------------------------------------------------
FAIL: /mod/bucket_test.go:2487: BucketSuite.TestWrong

/mod/bucket_test.go:2585:
    c.Assert(acl.ACL, Equals, string(ACLPublicRead))
... obtained string = "private"

----------------------------------------------------------------------
PANIC: /mod/bucket_test.go:3000: BucketSuite.TestPanics

... Panic: runtime error
SKIP: /mod/other_test.go:513: OtherSuite.TestSkipped
MISS: /mod/other_test.go:514: OtherSuite.TestMissed
OOPS: 1 passed, 3 FAILED`;
  expect(parseGocheck(output)).toMatchObject([
    { test: 'BucketSuite.TestFine', outcome: 'passed' },
    {
      test: 'BucketSuite.TestWrong',
      outcome: 'failed',
      why: expect.stringContaining('obtained string = "private"'),
    },
    { test: 'BucketSuite.TestPanics', outcome: 'failed', why: expect.stringContaining('runtime error') },
    { test: 'OtherSuite.TestSkipped', outcome: 'skipped' },
    { test: 'OtherSuite.TestMissed', outcome: 'failed' },
  ]);
});

test('reads what go test prints, also of a test that ended the program', () => {
  const output = `=== RUN   TestFine
--- PASS: TestFine (0.00s)
=== RUN   TestWrong
    some_test.go:33:
        	Error:      	Not equal
--- FAIL: TestWrong (0.06s)
=== RUN   TestSkipped
--- SKIP: TestSkipped (0.00s)
=== RUN   TestPanics
    some_test.go:34: expected nil
panic: runtime error`;
  expect(parseGoTest(output, 'basic')).toMatchObject([
    { test: 'basic.TestFine', outcome: 'passed' },
    { test: 'basic.TestWrong', outcome: 'failed', why: expect.stringContaining('Not equal') },
    { test: 'basic.TestSkipped', outcome: 'skipped' },
    { test: 'basic.TestPanics', outcome: 'failed', why: expect.stringContaining('expected nil') },
  ]);
});

const OUTCOMES: Outcome[] = [
  { test: 'A.one', outcome: 'passed', why: '' },
  { test: 'A.two', outcome: 'failed', why: '501' },
  { test: 'A.three', outcome: 'failed', why: 'wrong bytes' },
  { test: 'B.four', outcome: 'skipped', why: '' },
];

test('a failure without a reason is told, and so is a reason that nothing needs', () => {
  const served = { reason: 'not served: live channels', says: /501/ };
  const old = { reason: 'too slow', tests: /^B\./ };
  const { classes, unexplained, stale } = judge(OUTCOMES, [served, old]);
  expect(unexplained.map((one) => one.test)).toEqual(['A.three']);
  expect(stale).toEqual([old]);
  expect(classes).toEqual([
    { name: 'A', passed: 1, failed: 2, skipped: 0, reasons: ['not served: live channels'] },
    { name: 'B', passed: 0, failed: 0, skipped: 1, reasons: [] },
  ]);
});

function place(name: string): string {
  return `<!-- npm run vendor-suites -- ${name} -->old<!-- end of ${name} -->`;
}

test('the table takes the place of the last one, and of no other', () => {
  const suite = { name: 'a', title: 'A', reasons: [], prepare: async () => Promise.resolve([]) };
  const section = suiteSection(suite, judge(OUTCOMES, []).classes);
  expect(section).toContain('1 of 3 pass');
  const once = replaceSection(`before\n${place('b')}\n${place('a')}\nafter`, 'a', section);
  expect(once).toBe(`before\n${place('b')}\n${section}\nafter`);
  expect(replaceSection(once, 'a', section)).toBe(once);
  expect(() => replaceSection(once, 'c', section)).toThrow('no place for c');
});
