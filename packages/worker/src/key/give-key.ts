import type { AttemptSpec } from '../attempt.ts';
import type { AttemptDeps } from '../attempt-deps.ts';
import type { AttemptFolder } from '../attempt-folder.ts';
import { writeKeyFile } from './key-file.ts';
import type { TaskKey } from './task-keys.ts';

type KeyDeps = Pick<AttemptDeps, 'keys' | 'graceMs' | 'ossHost'>;

/** Between the key's beginning and the program's a sandbox is made; and a busy engine kills late. */
const SLACK_MS = 10 * 60_000;

/** How long a key must count for an attempt that is about to run, in milliseconds. */
export function keyLife({ timeoutSeconds }: Pick<AttemptSpec, 'timeoutSeconds'>, graceMs: number): number {
  return timeoutSeconds * 1000 + graceMs + SLACK_MS;
}

/** Puts the attempt's key where its program finds it. */
export async function giveKey(
  spec: AttemptSpec,
  folder: Pick<AttemptFolder, 'key'>,
  deps: KeyDeps,
): Promise<void> {
  const key = takeKeyOn(spec, deps);
  if (key === undefined) return;
  await writeKeyFile(folder.key, key, { ossHost: deps.ossHost(), region: spec.region });
}

/** Lets the key count for an attempt that has it already. */
export function takeKeyOn(spec: AttemptSpec, { keys, graceMs }: KeyDeps): TaskKey | undefined {
  return keys?.issue(spec, keyLife(spec, graceMs));
}
