import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { startForwarding } from '../forward-signals.ts';
import { LaunchError } from '../launch-error.ts';

/** How 3dsmaxcmd ended: one of the two is null. */
export interface MaxExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** On Windows words make up one line as they are; elsewhere nothing takes quotes away again. */
export function quoteFor(platform: NodeJS.Platform): (text: string) => string {
  return platform === 'win32' ? (text) => `"${text}"` : (text) => text;
}

/**
 * Runs 3dsmaxcmd to its end and hands on its lines as they come.
 * @throws LaunchError when the program cannot be started
 */
export async function runMax(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  take: (line: string) => void,
): Promise<MaxExit> {
  const { child, stopForwarding } = startForwarding(() =>
    spawn(program, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsVerbatimArguments: true,
      // The program's own name begins the line, and needs quotes as the others do.
      argv0: quoteFor(process.platform)(program),
    }),
  );
  try {
    const [[code, signal]] = await Promise.all([
      once(child, 'close'),
      readLines(child.stdout, take),
      readLines(child.stderr, take),
    ]);
    return { code, signal };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchError(
      1,
      `cannot start 3ds Max (${program}): ${reason}; REBATCH_3DSMAXCMD names another`,
      {
        cause: error,
      },
    );
  } finally {
    stopForwarding();
  }
}

/** Scripts and renderers inside 3ds Max write UTF-16 since 2016, between lines of bytes. */
async function readLines(stream: Readable, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    take(line.replaceAll('\0', ''));
  }
}
