import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Duplex, type Readable } from 'node:stream';
import { startForwarding } from '../forward-signals.ts';
import { LaunchError } from '../launch-error.ts';

/** How Blender ended: one of the two is null. */
export interface BlenderExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What is done with what Blender says. */
export interface Listener {
  stdout(line: string): void;
  stderr(line: string): void;
  /** Answers Blender's question for a frame (frame-loop.ts). */
  answer(): Promise<string>;
}

/**
 * Runs Blender to its end, hands on its lines as they come and our signals as they come.
 * @throws LaunchError when the program cannot be started
 */
export async function runBlender(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  listener: Listener,
): Promise<BlenderExit> {
  const { child, stopForwarding } = startForwarding(() =>
    spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] }),
  );
  try {
    const [[code, signal]] = await Promise.all([
      once(child, 'close'),
      readLines(child.stdout, (line) => listener.stdout(line)),
      readLines(child.stderr, (line) => listener.stderr(line)),
      answerQuestions(child.stdio[3], listener),
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

/** Every line is a question. */
async function answerQuestions(channel: unknown, listener: Listener): Promise<void> {
  if (!(channel instanceof Duplex)) return;
  // Blender may be gone before it has its answer.
  channel.on('error', () => {});
  await readLines(channel, () => {
    void listener.answer().then((text) => channel.write(text));
  });
}

async function readLines(stream: Readable | null, read: (line: string) => void): Promise<void> {
  if (stream === null) return;
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }))
    read(line);
}
