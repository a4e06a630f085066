import type { AttemptOutcome, AttemptSpec } from '../attempt.ts';
import type { AttemptDeps } from '../attempt-deps.ts';
import { attemptFolder } from '../attempt-folder.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';
import { knownAttempts } from '../known-attempts.ts';

/** An attempt that failed and whose sandbox is kept for somebody to look into. */
export interface KeptAttempt {
  spec: AttemptSpec;
  outcome: AttemptOutcome;
  /** Milliseconds since the epoch. */
  since: number;
}

type Deps = Pick<AttemptDeps, 'attemptsFolder' | 'sandboxes' | 'keys'>;

/**
 * Keeps an attempt in place of forgetting it, if its task wants that and it failed: sandbox, mounts and files stay. Undefined
 * when it is to be forgotten.
 */
export async function keepAttempt(
  spec: AttemptSpec,
  deps: Deps,
  now: number,
): Promise<KeptAttempt | undefined> {
  if (spec.keepOnFail !== true) return undefined;
  const folder = attemptFolder(deps.attemptsFolder, spec.id);
  const outcome = await readJsonFile<AttemptOutcome>(folder.outcomeFile);
  if (outcome === undefined || !hasFailed(outcome)) return undefined;
  if ((await deps.sandboxes.find(spec.id))?.phase !== 'ended') return undefined;
  deps.keys?.revoke(spec.id);
  await writeJsonFile(folder.keptFile, { since: now });
  return { spec, outcome, since: now };
}

/** What earlier processes kept, too. */
export async function keptAttempts(attemptsFolder: string): Promise<KeptAttempt[]> {
  const kept: KeptAttempt[] = [];
  for (const attemptId of await knownAttempts(attemptsFolder)) {
    const folder = attemptFolder(attemptsFolder, attemptId);
    const note = await readJsonFile<{ since: number }>(folder.keptFile);
    if (note === undefined) continue;
    const spec = await readJsonFile<AttemptSpec>(folder.specFile);
    const outcome = await readJsonFile<AttemptOutcome>(folder.outcomeFile);
    if (spec !== undefined && outcome !== undefined) kept.push({ spec, outcome, since: note.since });
  }
  return kept;
}

/** Stopped and lost ones show nothing. */
function hasFailed(outcome: AttemptOutcome): boolean {
  return outcome.kind === 'exited'
    ? outcome.exitCode !== 0
    : outcome.kind === 'killed' || outcome.kind === 'failed';
}
