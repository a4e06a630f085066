import type { Outcome } from './suite.ts';

const RUN = /^=== RUN +(\w+)$/;
const END = /^--- (PASS|FAIL|SKIP): (\w+) /;
const OUTCOMES = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' } as const;

/** Reads what `-test.v` prints: `=== RUN`, what a test says, `--- PASS`. One that only begins was ended by the test program. */
export function parseGoTest(output: string, className: string): Outcome[] {
  const outcomes: Outcome[] = [];
  let running: { test: string; said: string[] } | undefined;
  for (const line of output.split('\n')) {
    const begun = RUN.exec(line)?.[1];
    const [, word, ended] = END.exec(line) ?? [];
    if (begun !== undefined) running = { test: begun, said: [] };
    else if (ended !== undefined && isWord(word)) {
      const why = running?.test === ended ? running.said.join(' ') : '';
      outcomes.push({ test: `${className}.${ended}`, outcome: OUTCOMES[word], why });
      running = undefined;
    } else running?.said.push(line.trim());
  }
  if (running !== undefined) {
    outcomes.push({ test: `${className}.${running.test}`, outcome: 'failed', why: running.said.join(' ') });
  }
  return outcomes;
}

function isWord(word: string | undefined): word is keyof typeof OUTCOMES {
  return word !== undefined && Object.hasOwn(OUTCOMES, word);
}
