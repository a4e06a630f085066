import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttemptSpec } from '../attempt.ts';
import type { AttemptDeps } from '../attempt-deps.ts';
import { attemptFolder } from '../attempt-folder.ts';
import { adoptPrepared } from '../prepare-attempt.ts';
import { HOLD_FILE } from '../sandbox/program-script.ts';
import { settledBefore } from '../settle-spec.ts';

/**
 * Starts the ended sandbox of a kept attempt again, as it was left: its program does not run, it only waits. Mounts that the
 * host lost are made again. Resolves when it runs; can be repeated.
 *
 * @throws SandboxError when the engine refuses; MountError
 */
export async function wakeAttempt(spec: AttemptSpec, deps: AttemptDeps): Promise<void> {
  const folder = attemptFolder(deps.attemptsFolder, spec.id);
  await adoptPrepared(await settledBefore(spec, folder), folder, deps, new AbortController().signal);
  await writeFile(join(folder.logs, HOLD_FILE), '');
  await deps.sandboxes.start(spec.id);
}
