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
  const killLater = (): void => {
    if (!over) timer = clock.after(deps.graceMs, () => void sandboxes.kill(spec.id).catch(() => undefined));
  };
  let over = false;
  let timer = clock.after(startedAt + spec.timeoutSeconds * 1000 - clock.now(), () => {
    killed ??= 'timeout';
    // The grace begins when the program was asked, which takes a busy engine a while.
    void sandboxes.terminate(spec.id).then(killLater, killLater);
  });
  stop.addEventListener('abort', kill);
  if (stop.aborted) kill();
  try {
    const sandbox = await sandboxes.wait(spec.id);
    return { sandbox, killed };
  } finally {
    over = true;
    timer.cancel();
    stop.removeEventListener('abort', kill);
  }
}
