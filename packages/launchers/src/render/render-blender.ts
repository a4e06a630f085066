import type { FrameList } from '@rebatch/frames';
import { type BlenderEvent, readBlenderLine } from '../blender-log.ts';
import { exitCodeOfSignal } from '../forward-signals.ts';
import { LaunchError } from '../launch-error.ts';
import { realBlender } from '../real-blender.ts';
import { readFrames } from '../share/read-frames.ts';
import { RenderReport } from '../share/render-report.ts';
import type { Surroundings } from '../surroundings.ts';
import { blenderArguments } from './blender-arguments.ts';
import { BlenderComplaints } from './blender-complaints.ts';
import { explainEnd } from './explain-end.ts';
import { frameWork } from './frame-work.ts';
import { movieWork } from './movie-work.ts';
import type { RenderOptions } from './options.ts';
import { ProgressReporter } from './progress-reporter.ts';
import type { RenderWork } from './render-work.ts';
import { type BlenderExit, runBlender } from './run-blender.ts';
import { SETUP_VARIABLE, sceneSetup } from './scene-setup.ts';

/**
 * Renders this instance's frames in one Blender process and looks for every file afterwards: Blender's exit code says too
 * little (spec/render.md §3).
 * @returns the exit code: 0 when every file was written by this run or there was nothing to do, 1 when not, 128 + n when
 * signal n stopped the render
 * @throws LaunchError for what is wrong before Blender starts
 */
export async function renderBlender(options: RenderOptions, surroundings: Surroundings): Promise<number> {
  const report = new RenderReport('render-blender', surroundings, options);
  try {
    return await render(options, surroundings, report);
  } finally {
    report.close();
  }
}

async function render(
  options: RenderOptions,
  { env, write }: Surroundings,
  report: RenderReport,
): Promise<number> {
  const plan = { options, frames: blenderFrames(options.frames), env, report };
  const work = await (options.format.kind === 'movie' ? movieWork(plan) : frameWork(plan));
  if (work === undefined || !(await work.hasMore())) return report.nothingToDo();
  const { scene, outputs, folder } = work;
  const reporter = new ProgressReporter(options.outputDir, outputs, report.line);
  const complaints = new BlenderComplaints();
  const exit = await runBlender(
    realBlender(env),
    blenderArguments(options, scene, outputs),
    { ...env, [SETUP_VARIABLE]: sceneSetup(options) },
    {
      stdout: (line) => {
        const event = readBlenderLine(line);
        reporter.take(event);
        complaints.take(event);
        if (event.kind === 'setup') report.say(event.text);
        else if (options.verbose || isForPeople(event)) write(line);
      },
      stderr: (line) => {
        complaints.takeStderr(line);
        process.stderr.write(`${line}\n`);
      },
      answer: async () => work.answer(),
    },
  );
  reporter.end();

  const missing = await folder.missing(work.owed, reporter.appended);
  for (const { frame, file } of missing) report.line({ kind: 'missing', frame, file });
  await report.done(work.owed.length - missing.length, missing.length, exit.signal);
  const movie = await folder.movie();
  if (movie !== undefined) report.say(`the movie is ${movie}`);
  for (const line of explainEnd(exit, work.owed.length, missing, complaints)) report.say(line);
  return exitCodeOf(exit, missing.length === 0 && (await isWhole(work, report.say)));
}

/** Whether nothing is left that this instance should have taken. */
async function isWhole(work: RenderWork, say: (text: string) => void): Promise<boolean> {
  if (work.trouble !== undefined) say(work.trouble.message);
  return work.trouble === undefined && !(await work.hasMore());
}

function exitCodeOf({ signal }: BlenderExit, isDone: boolean): number {
  if (isDone) return 0;
  return signal === null ? 1 : exitCodeOfSignal(signal);
}

/** Blender 3.4.1 silently renders its nearest frame instead of one beyond (observed: 2000000 gives 1048574). */
const LAST_FRAME = 1_048_574;

function blenderFrames(text: string): FrameList {
  const frames = readFrames(text);
  const beyond = frames.find((frame) => Math.abs(frame) > LAST_FRAME);
  if (beyond === undefined) return frames;
  throw new LaunchError(2, `frame ${beyond} is beyond Blender's last frame, ${LAST_FRAME}`);
}

/** Blender's own lines that are worth keeping when ours tell the progress. */
function isForPeople(event: BlenderEvent): boolean {
  return event.kind === 'fatal' || (event.kind === 'other' && event.text.trim() !== '');
}
