import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startForwarding } from '../forward-signals.ts';
import { SessionMemory } from './session-memory.ts';

/** How the command ended: `code` or `signal` is null. */
export interface CommandExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The most memory that it was seen to have, in MiB. */
  readonly megabytes: number | undefined;
}

/** A variable that is not quoted is one word nevertheless: nothing in a value is split, matched with files, or run. */
const SAFELY = 'IFS=\nset -f\n';

/**
 * Runs the command to its end by a shell, its output among ours. Signals that we get go to all that it started.
 * @throws Error when there is no shell
 */
export async function runCommand(command: string, env: NodeJS.ProcessEnv): Promise<CommandExit> {
  const { child, stopForwarding } = startForwarding(
    () =>
      spawn('/bin/sh', ['-c', SAFELY + command], {
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
        // A session of its own, and a group.
        detached: true,
      }),
    ({ pid }, signal) => pid !== undefined && process.kill(-pid, signal),
  );
  const memory = child.pid === undefined ? undefined : new SessionMemory(child.pid);
  memory?.start();
  try {
    const [code, signal]: [number | null, NodeJS.Signals | null] = await once(child, 'exit').then(
      ([first, second]) => [first, second],
    );
    return { code, signal, megabytes: memory?.peak };
  } finally {
    memory?.stop();
    stopForwarding();
  }
}
