import type { AttemptSpec } from './attempt.ts';
import type { AttemptDeps } from './attempt-deps.ts';
import type { KillReason } from './decide-outcome.ts';
import type { SandboxEnd } from './sandbox/sandboxes.ts';

/**
 * Waits for a running sandbox to end. Kills it at once when the signal is aborted; when its time is over asks it to
 * end, then kills it.
 */
export async function supervise(
  spec: AttemptSpec,
  startedAt: number,
  deps: AttemptDeps,
  stop: AbortSignal,
): Promise<{ sandbox: SandboxEnd | undefined; killed: KillReason | undefined }> {
  const { sandboxes, clock } = deps;
  let killed: KillReason | undefined;
  const kill = (): void => {
    killed = 'stopped';
    // An engine that refuses has no such sandbox, and the wait tells.
    sandboxes.kill(spec.id).catch(() => undefined);
  };
  let timer = clock.after(startedAt + spec.timeoutSeconds * 1000 - clock.now(), () => {
    killed ??= 'timeout';
    sandboxes.terminate(spec.id).catch(() => undefined);
    timer = clock.after(deps.graceMs, () => {
      sandboxes.kill(spec.id).catch(() => undefined);
    });
  });
  stop.addEventListener('abort', kill);
  if (stop.aborted) kill();
  try {
    const sandbox = await sandboxes.wait(spec.id);
    return { sandbox, killed };
  } finally {
    timer.cancel();
    stop.removeEventListener('abort', kill);
  }
}
