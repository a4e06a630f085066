import { rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import type { ImageAnswer, ImageJob } from '../image-job.ts';
import { brokenImage, ImageProblemError, imageTooLarge } from '../image-problems.ts';
import { loadSharp, type SharpLibrary } from './load-sharp.ts';
import { makePicture } from './make-picture.ts';

/**
 * The process in which strangers' images are decoded, started by `image-processor.ts`: what a file can make of the
 * library's native code happens here, and ends with the process. It takes one job after the other.
 *
 * usage: image-program FOLDER
 */

/** How often the program looks whether a picture takes too much, in milliseconds. */
const LOOK_EVERY_MS = 50;

function say(answer: ImageAnswer, then?: () => void): void {
  process.send?.(answer, undefined, {}, then);
}

/** Nothing that is done here is worth slowing the server down, or keeping while memory runs out. */
function stepBack(): void {
  try {
    setPriority(5);
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Elsewhere than on Linux there is no such file, and it goes without.
  }
}

/** Ends the process at once: threads of the library may be at work, and would not let it end in good order. */
function leave(): void {
  process.kill(process.pid, 'SIGKILL');
}

async function answerTo(sharp: SharpLibrary, job: ImageJob): Promise<ImageAnswer> {
  try {
    return await makePicture(sharp, job);
  } catch (error) {
    if (error instanceof ImageProblemError) {
      return { kind: 'problem', problem: error.problem };
    }
    const isOfFiles = error instanceof Error && 'syscall' in error;
    const problem = isOfFiles
      ? { status: 500, code: 'InternalError', message: error.message }
      : brokenImage().problem;
    return { kind: 'problem', problem };
  }
}

/** Why the job is to be given up, if it is. `before`: processor time when it began. */
function excess({ limits }: ImageJob, before: NodeJS.CpuUsage): ImageProblemError | undefined {
  const { user, system } = process.cpuUsage(before);
  if ((user + system) / 1000 > limits.processorMs) {
    return imageTooLarge('The image takes too long to process.');
  }
  return process.memoryUsage.rss() > limits.residentBytes
    ? imageTooLarge('The image needs too much memory for these actions.')
    : undefined;
}

function serve(sharp: SharpLibrary): void {
  process.on('message', (job: ImageJob) => {
    const before = process.cpuUsage();
    const guard = setInterval(() => {
      const reason = excess(job, before);
      if (reason === undefined) return;
      clearInterval(guard);
      say({ kind: 'given up', problem: reason.problem }, leave);
    }, LOOK_EVERY_MS);
    void answerTo(sharp, job).then((made) => {
      clearInterval(guard);
      say(made);
    });
  });
}

/** Leaves with the server, which has perhaps had no chance to tidy up: the folder is where the files of jobs are. */
function leaveWithServer(folder: string): void {
  process.on('disconnect', () => {
    rmSync(folder, { recursive: true, force: true });
    leave();
  });
}

const [, , folder = ''] = process.argv;
leaveWithServer(folder);
stepBack();
try {
  serve(await loadSharp());
  say({ kind: 'ready' });
} catch (error) {
  say({ kind: 'unable', why: error instanceof Error ? error.message : String(error) });
}
