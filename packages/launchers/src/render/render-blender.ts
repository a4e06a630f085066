import { canonical } from '@rebatch/frames';
import { type BlenderEvent, readBlenderLine } from '../blender-log.ts';
import { exitCodeOfSignal } from '../forward-signals.ts';
import { formatProgressLine, type ProgressLine } from '../progress-lines.ts';
import { realBlender } from '../real-blender.ts';
import { blenderArguments } from './blender-arguments.ts';
import { BlenderComplaints } from './blender-complaints.ts';
import { findScene } from './find-scene.ts';
import type { RenderOptions } from './options.ts';
import { OutputFolder } from './output-folder.ts';
import { expectedOutputs } from './outputs.ts';
import { type Piece, takePiece } from './piece.ts';
import { ProgressReporter } from './progress-reporter.ts';
import { type BlenderExit, runBlender } from './run-blender.ts';
import { SETUP_VARIABLE, sceneSetup } from './scene-setup.ts';

/** What the launcher takes from its surroundings. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Writes one line to stdout. */
  readonly write: (line: string) => void;
  /** Milliseconds from any origin. */
  readonly now: () => number;
}

/** A list longer than this helps nobody in a log. */
const LONGEST_LIST = 2000;

/**
 * Renders this instance's frames in one Blender process and looks for every file afterwards: Blender's exit code says too
 * little (spec/render.md §3).
 * @returns the exit code: 0 when every file was written by this run or there was nothing to do, 1 when not, 128 + n when
 * signal n stopped the render
 * @throws LaunchError for what is wrong before Blender starts
 */
export async function renderBlender(
  options: RenderOptions,
  { env, write, now }: Surroundings,
): Promise<number> {
  const started = now();
  const say = (text: string): void => write(`render-blender: ${text}`);
  const report = (line: ProgressLine): void => write(formatProgressLine(line));
  const piece = takePiece(options.frames, env);
  const { frames } = piece;
  reportPiece(piece, report);
  if (frames.length === 0) {
    say('Nothing to do, exit');
    report({ kind: 'done', saved: 0, missing: 0, seconds: 0 });
    return 0;
  }
  const outputs = expectedOutputs(frames, options.name, options.format);
  const scene = await findScene(options.sceneDir, options.scene);
  const args = blenderArguments(options, scene, frames, outputs);
  const folder = await OutputFolder.prepare(options.outputDir, outputs);
  const fileOf = outputs.kind === 'frames' ? outputs.fileOf : new Map<number, string>();
  const movie =
    outputs.kind === 'movie'
      ? outputs.stem + (outputs.extensions.length === 1 ? outputs.extensions[0] : '')
      : undefined;
  const reporter = new ProgressReporter(options.outputDir, fileOf, movie, report);
  const complaints = new BlenderComplaints();
  const setup = { [SETUP_VARIABLE]: sceneSetup(options, frames) };

  const exit = await runBlender(
    realBlender(env),
    args,
    { ...env, ...setup },
    {
      stdout: (line) => {
        const event = readBlenderLine(line);
        reporter.take(event);
        complaints.take(event);
        if (event.kind === 'setup') say(event.text);
        else if (options.verbose || isForPeople(event)) write(line);
      },
      stderr: (line) => {
        complaints.takeStderr(line);
        process.stderr.write(`${line}\n`);
      },
    },
  );
  reporter.end();

  const missing = await folder.missing();
  for (const { frame, file } of missing) report({ kind: 'missing', frame, file });
  const lost = outputs.kind === 'movie' && missing.length > 0 ? frames.length : missing.length;
  report({ kind: 'done', saved: frames.length - lost, missing: lost, seconds: (now() - started) / 1000 });
  if (missing.length > 0) {
    say(
      `${lost} of ${frames.length} frames are missing: ${shorten(canonical(missing.map(({ frame }) => frame)))}`,
    );
    for (const line of complaints.lines()) say(`Blender said: ${line}`);
  }
  sayHowItEnded(exit, missing.length > 0, say);
  if (exit.signal !== null && missing.length > 0) return exitCodeOfSignal(exit.signal);
  return missing.length > 0 ? 1 : 0;
}

/** Blender's own lines that are worth keeping when ours tell the progress. */
function isForPeople(event: BlenderEvent): boolean {
  return event.kind === 'fatal' || (event.kind === 'other' && event.text.trim() !== '');
}

function reportPiece({ frames, instance, of }: Piece, report: (line: ProgressLine) => void): void {
  const text = canonical(frames);
  const shown = text.length > LONGEST_LIST ? {} : { frames: text };
  report({ kind: 'piece', ...shown, count: frames.length, instance, of });
}

function shorten(text: string): string {
  return text.length > LONGEST_LIST ? `${text.slice(0, LONGEST_LIST)}…` : text;
}

/** All files are there although Blender fell at the end: that is a success, and worth a word. */
function sayHowItEnded({ code, signal }: BlenderExit, failed: boolean, say: (text: string) => void): void {
  if (signal !== null) {
    const guess = signal === 'SIGKILL' && failed ? ' (often: out of memory)' : '';
    say(`Blender was ended by ${signal}${guess}`);
  } else if (code !== 0) {
    say(`Blender ended with exit code ${code}`);
  }
}
