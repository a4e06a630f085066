import type { Outcome } from './suite.ts';

const LINE = /^(PASS|FAIL|PANIC|MISS|SKIP|FAIL EXPECTED): \S+: (\w+\.\w+)/;
const OUTCOMES = new Map<string, Outcome['outcome']>([
  ['PASS', 'passed'],
  ['FAIL EXPECTED', 'passed'],
  ['SKIP', 'skipped'],
]);

/**
 * Reads what `-check.v` of gocheck prints: a line for each test, and behind that of a failed one what it said. `MISS` is a
 * test whose suite could not be set up.
 */
export function parseGocheck(output: string): Outcome[] {
  const outcomes: Outcome[] = [];
  let current: Outcome | undefined;
  for (const line of output.split('\n')) {
    const [, word = '', test = ''] = LINE.exec(line) ?? [];
    if (word !== '') {
      current = { test, outcome: OUTCOMES.get(word) ?? 'failed', why: '' };
      outcomes.push(current);
    } else if (line.startsWith('-----')) current = undefined;
    else if (current !== undefined && line.trim() !== '') current.why += `${line.trim()} `;
  }
  return outcomes;
}
