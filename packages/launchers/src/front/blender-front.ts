import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { readBlenderLine } from '../blender-log.ts';
import { exitCodeOfSignal, type Forwarding, startForwarding } from '../forward-signals.ts';
import { LaunchError } from '../launch-error.ts';
import { realBlender } from '../real-blender.ts';
import { expectedPictures } from './expectations.ts';
import { joinFrameNumbers } from './frame-argument.ts';
import { PictureCheck } from './picture-check.ts';

/**
 * The `blender` on PATH (spec/render.md §3): joins the numbers after `-f` and hands everything else on to the real one, word
 * by word, byte by byte, signal by signal. When the command line renders, it also looks whether the pictures that it
 * promises are there, since Blender itself often ends with 0 when they are not.
 * @returns the real one's exit code; 1 when that is 0 but a picture is missing or Blender said something fatal
 * @throws LaunchError when the real one cannot be started
 */
export async function blenderFront(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
  complain: (text: string) => void,
): Promise<number> {
  const joined = joinFrameNumbers(args);
  const expected = expectedPictures(joined, cwd);
  const program = realBlender(env);
  if (!expected.renders) {
    return await exitCode(
      program,
      startForwarding(() => spawn(program, joined, { stdio: 'inherit' })),
    );
  }
  const check = await PictureCheck.before(expected);
  const blender = startForwarding(() => spawn(program, joined, { stdio: ['inherit', 'pipe', 'inherit'] }));
  const { stdout } = blender.child;
  let saved = 0;
  const fatal = new Set<string>();
  stdout.pipe(process.stdout, { end: false });
  createInterface({ input: stdout }).on('line', (line) => {
    const event = readBlenderLine(line);
    if (event.kind === 'saved') saved += 1;
    if (event.kind === 'fatal') fatal.add(event.text);
  });
  const code = await exitCode(program, blender);
  const missing = await check.complaint(saved);
  if (missing !== undefined) complain(missing);
  if (fatal.size > 0) complain(`Blender said: ${[...fatal].slice(0, 3).join(' | ')}`);
  return code === 0 && (missing !== undefined || fatal.size > 0) ? 1 : code;
}

async function exitCode(program: string, { child, stopForwarding }: Forwarding): Promise<number> {
  try {
    await once(child, 'close');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchError(1, `cannot start ${program}: ${reason}; REBATCH_BLENDER names another`, {
      cause: error,
    });
  } finally {
    stopForwarding();
  }
  return child.signalCode === null ? (child.exitCode ?? 1) : exitCodeOfSignal(child.signalCode);
}
