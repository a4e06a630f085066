import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { Readable } from 'node:stream';
import { descriptorOf, ffmpegArguments } from './ffmpeg-arguments.ts';
import { findProgram } from './find-program.ts';

/** For what takes a tenth of a second when there is a processor to spare; a large picture on a busy machine takes more. */
const LONGEST_MS = 120_000;

/** Thrown when ffmpeg makes no picture, or is not there. */
export class ThumbnailError extends Error {
  readonly isProgramMissing: boolean;

  constructor(message: string, isProgramMissing = false) {
    super(message);
    this.isProgramMissing = isProgramMissing;
  }
}

/**
 * JPEGs of pictures (absolute paths), in their order, by one run of ffmpeg that takes what processor time others leave.
 * @throws ThumbnailError; nobody knows then which of several pictures it was
 */
export async function makeThumbnails(
  ffmpeg: string,
  pictures: readonly string[],
  stop: AbortSignal,
): Promise<Buffer[]> {
  const program = findProgram(ffmpeg);
  if (program === undefined) throw new ThumbnailError(`there is no program ${ffmpeg}`, true);
  const others = pictures.slice(1).map(() => 'pipe' as const);
  const child = spawn(program, await ffmpegArguments(pictures), {
    stdio: ['ignore', 'pipe', 'pipe', ...others],
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
    signal: stop,
    windowsHide: true,
  });
  try {
    giveWay(child.pid);
    const [[code], said, ...made] = await Promise.all([
      once(child, 'close'),
      bytesOf(child.stdio[2]),
      ...pictures.map(async (_, index) => bytesOf(child.stdio[descriptorOf(index)])),
    ]);
    const isMade = code === 0 && made.every((bytes) => bytes.length > 0);
    if (!isMade) throw new ThumbnailError(firstLine(said) ?? `ffmpeg ended with exit code ${code}`);
    return made;
  } catch (error) {
    if (error instanceof ThumbnailError) throw error;
    throw new ThumbnailError(error instanceof Error ? error.message : String(error));
  }
}

/** Rendering goes first. */
function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended, or may not.
  }
}

async function bytesOf(stream: unknown): Promise<Buffer> {
  const chunks: Buffer[] = [];
  if (stream instanceof Readable) for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The cause comes first, after the part of ffmpeg that says it: `[png @ 0x55d4] Invalid PNG signature`. */
function firstLine(said: Buffer): string | undefined {
  const [line = ''] = said.toString().trim().split('\n');
  return line.replace(/^\[[^\]]*\] /, '').trim() || undefined;
}
