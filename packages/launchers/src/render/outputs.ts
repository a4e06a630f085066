import { extname } from 'node:path';
import { type FrameList, frameFileName } from '@rebatch/frames';
import { LaunchError } from '../launch-error.ts';
import { RENDER_FORMATS, type RenderFormat } from '../render-formats.ts';

/** The files that a piece leaves behind. Paths are relative to the output folder. */
export type Outputs =
  | { readonly kind: 'frames'; readonly fileOf: ReadonlyMap<number, string> }
  | {
      readonly kind: 'movie';
      /** Without ending: FFMPEG's ending depends on the container that the scene chose. */
      readonly stem: string;
      readonly extensions: readonly string[];
      readonly frames: FrameList;
      readonly first: number;
      readonly last: number;
      readonly step: number;
    };

/** Endings that Blender 3.4.1 gives its FFMPEG containers. */
const CONTAINERS = ['.mp4', '.mkv', '.mpg', '.avi', '.mov', '.dv', '.ogv', '.flv', '.webm'] as const;

const ENDINGS: ReadonlySet<string> = new Set([
  ...CONTAINERS,
  ...RENDER_FORMATS.map((format) => format.extension).filter((extension) => extension !== ''),
  '.jpeg',
  '.tiff',
]);

export function expectedOutputs(frames: FrameList, pattern: string, format: RenderFormat): Outputs {
  if (format.kind === 'movie') return movieOutputs(frames, pattern, format);
  const fileOf = new Map(frames.map((frame) => [frame, frameFileName(pattern, frame, format.extension)]));
  return { kind: 'frames', fileOf };
}

/**
 * A movie is one file for a whole run, so its frames must ascend evenly. Every instance writes its own: Blender puts first
 * and last frame into the name (observed: `m####` over 1 to 12 gives `m0001-0012.avi`).
 * @throws LaunchError (wrong usage) for frames that Blender cannot put into one movie
 */
function movieOutputs(frames: FrameList, pattern: string, format: RenderFormat): Outputs {
  const [first = 0, second = first + 1] = frames;
  const last = frames.at(-1) ?? first;
  const step = second - first;
  if (step < 1 || frames.some((frame, index) => frame !== first + index * step)) {
    throw new LaunchError(
      2,
      `${format.name} makes one movie: its frames must ascend evenly, such as 1-100 or 1-100x2`,
    );
  }
  if (first < 0)
    throw new LaunchError(2, `${format.name} cannot start at frame ${first}: Blender counts movies from 0`);
  const stem = movieName(movieStem(pattern), first, last);
  return {
    kind: 'movie',
    stem,
    extensions: format.extension === '' ? CONTAINERS : [format.extension],
    frames,
    first,
    last,
    step,
  };
}

/**
 * The pattern without a picture's or movie's ending. With `.avi`, Blender 3.4.1 leaves `##.avi` as it is, so that instances
 * would overwrite each other's movie; with another it makes `0001-0003.png.avi`.
 */
export function movieStem(pattern: string): string {
  const stem = ENDINGS.has(extname(pattern).toLowerCase())
    ? pattern.slice(0, -extname(pattern).length)
    : pattern;
  return stem === '' || stem.endsWith('/') ? `${stem}####` : stem;
}

function movieName(stem: string, first: number, last: number): string {
  const slash = stem.lastIndexOf('/') + 1;
  const run = /#+(?=[^#]*$)/.exec(stem.slice(slash));
  const digits = (frame: number): string => String(frame).padStart(run?.[0].length ?? 4, '0');
  const range = `${digits(first)}-${digits(last)}`;
  if (run === null) return stem + range;
  const start = slash + run.index;
  return stem.slice(0, start) + range + stem.slice(start + run[0].length);
}
