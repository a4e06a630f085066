import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const PROCESS = fileURLToPath(new URL('executor-process.ts', import.meta.url));

/**
 * Runs an executor in a process of its own and kills it with SIGKILL when a line that it prints satisfies `when`, or when
 * the program has ended: on a busy machine that may come first.
 */
export async function killServer(
  args: readonly string[],
  when: (line: { type: string; size?: number }) => boolean,
): Promise<void> {
  const child = spawn(process.execPath, [PROCESS, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    if (when(event) || event.type === 'ended') break;
  }
  child.kill('SIGKILL');
  expect(await exited).toEqual([null, 'SIGKILL']);
}
