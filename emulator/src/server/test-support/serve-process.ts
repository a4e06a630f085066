import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const ENTRY = fileURLToPath(new URL('./run-serve.ts', import.meta.url));

export interface ServeProcess {
  child: ChildProcessByStdio<null, Readable, Readable>;
  /** All of standard error, once it has ended. */
  stderr: Promise<string>;
  /** Exit code, or null after a signal. */
  ended: Promise<number | null>;
}

/** `rebatch serve` with the simulated executor as a process of its own, killed after the running test. */
export function serveProcess(...argv: string[]): ServeProcess {
  const child = spawn(process.execPath, [ENTRY, '--executor', 'simulated', ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], REBATCH_ACCESS_KEY_ID: 'AK', REBATCH_ACCESS_KEY_SECRET: 'SK' },
  });
  const ended = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, stderr: text(child.stderr), ended };
}

/** The first line that the process writes to standard output, as JSON. */
export async function firstLine({ child }: ServeProcess): Promise<unknown> {
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  throw new Error('the process wrote nothing');
}
