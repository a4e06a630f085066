import type { Outcome, Reason } from './suite.ts';

/** What became of one class of tests. */
export interface ClassResult {
  name: string;
  passed: number;
  failed: number;
  skipped: number;
  /** Why those that failed may, each reason once. */
  reasons: string[];
}

export interface Verdict {
  classes: ClassResult[];
  /** Failures that nothing excuses. */
  unexplained: Outcome[];
  /** Reasons for what did not fail: they are out of date. */
  stale: Reason[];
}

/** Holds outcomes against the reasons for failing. */
export function judge(outcomes: readonly Outcome[], reasons: readonly Reason[]): Verdict {
  const classes = new Map<string, ClassResult>();
  const unexplained: Outcome[] = [];
  const used = new Set<Reason>();
  for (const outcome of outcomes) {
    const [name = ''] = outcome.test.split('.');
    const result = classes.get(name) ?? { name, passed: 0, failed: 0, skipped: 0, reasons: [] };
    classes.set(name, result);
    result[outcome.outcome] += 1;
    if (outcome.outcome !== 'failed') continue;
    const rule = reasons.find(({ tests, says }) => fits(outcome.test, tests) && fits(outcome.why, says));
    if (rule === undefined) unexplained.push(outcome);
    else {
      used.add(rule);
      if (!result.reasons.includes(rule.reason)) result.reasons.push(rule.reason);
    }
  }
  return {
    classes: [...classes.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    unexplained,
    stale: reasons.filter((rule) => !used.has(rule)),
  };
}

function fits(text: string, pattern: RegExp | undefined): boolean {
  return pattern === undefined || pattern.test(text);
}
