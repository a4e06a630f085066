import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { forwardSignals } from '../forward-signals.ts';
import { LaunchError } from '../launch-error.ts';

/** How Blender ended: one of the two is null. */
export interface BlenderExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface LineReader {
  stdout(line: string): void;
  stderr(line: string): void;
}

/**
 * Runs Blender to its end, hands on its lines as they come and our signals as they come.
 * @throws LaunchError when the program cannot be started
 */
export async function runBlender(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  reader: LineReader,
): Promise<BlenderExit> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stopForwarding = forwardSignals(child);
  try {
    const [[code, signal]] = await Promise.all([
      once(child, 'close'),
      readLines(child.stdout, (line) => reader.stdout(line)),
      readLines(child.stderr, (line) => reader.stderr(line)),
    ]);
    return { code, signal };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchError(1, `cannot start Blender (${program}): ${reason}; REBATCH_BLENDER names another`, {
      cause: error,
    });
  } finally {
    stopForwarding();
  }
}

async function readLines(stream: Readable, read: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }))
    read(line);
}
