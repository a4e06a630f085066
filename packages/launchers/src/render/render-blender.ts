import { canonical } from '@rebatch/frames';
import { type BlenderEvent, readBlenderLine } from '../blender-log.ts';
import { exitCodeOfSignal } from '../forward-signals.ts';
import { formatProgressLine, type ProgressLine } from '../progress-lines.ts';
import { realBlender } from '../real-blender.ts';
import { blenderArguments } from './blender-arguments.ts';
import { BlenderComplaints } from './blender-complaints.ts';
import { explainEnd, LONGEST_LIST } from './explain-end.ts';
import { findScene } from './find-scene.ts';
import type { RenderOptions } from './options.ts';
import { OutputFolder } from './output-folder.ts';
import { expectedOutputs } from './outputs.ts';
import { type Piece, takePiece } from './piece.ts';
import { ProgressReporter } from './progress-reporter.ts';
import { runBlender } from './run-blender.ts';
import { SETUP_VARIABLE, sceneSetup } from './scene-setup.ts';

/** What the launcher takes from its surroundings. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Writes one line to stdout. */
  readonly write: (line: string) => void;
  /** Milliseconds from any origin. */
  readonly now: () => number;
}

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
  const reporter = new ProgressReporter(options.outputDir, outputs, report);
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

  const missing = await folder.missing(reporter.appended);
  for (const { frame, file } of missing) report({ kind: 'missing', frame, file });
  const saved = frames.length - missing.length;
  report({ kind: 'done', saved, missing: missing.length, seconds: (now() - started) / 1000 });
  const movie = await folder.movie();
  if (movie !== undefined) say(`the movie is ${movie}`);
  for (const line of explainEnd(exit, frames.length, missing, complaints)) say(line);
  if (missing.length === 0) return 0;
  return exit.signal === null ? 1 : exitCodeOfSignal(exit.signal);
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
