import { z } from 'zod';

/** Outcome by method ("passed", "not used" or what went wrong), by signature. */
const OUTCOMES = z.record(z.string(), z.record(z.string(), z.string()));
export type Outcomes = z.infer<typeof OUTCOMES>;

/** Reads what a client program wrote. */
export function parseOutcomes(json: string): Outcomes {
  return OUTCOMES.parse(JSON.parse(json));
}

/** `[passed, all]` of the methods whose names begin so. */
export function countPassed(outcomes: Outcomes[string], kind: string): [passed: number, all: number] {
  const some = Object.entries(outcomes).filter(([name]) => name.startsWith(kind));
  return [some.filter(([, outcome]) => outcome === 'passed').length, some.length];
}

/** Methods that were used and did not pass, with what went wrong. */
export function failures(outcomes: Outcomes[string]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outcomes).filter(([, outcome]) => outcome !== 'passed' && outcome !== 'not used'),
  );
}
