import { resolve } from 'node:path';
import { type FrameList, frameFileName } from '@rebatch/frames';
import { type RenderFormat, formatNamed } from '../render-formats.ts';
import { isFrameOption, readFrameArgument } from './frame-argument.ts';
import { type RenderState, SceneStates } from './render-state.ts';

/** What a Blender command line promises to write, as far as it says so itself. */
export interface Expectation {
  /** False for a command line that renders nothing (`--version`, `--python tool.py`). */
  readonly renders: boolean;
  /** For each picture the absolute paths that it may have; one of them must be there afterwards. */
  readonly pictures: readonly (readonly string[])[];
  /** Pictures whose name only the scene knows: so many more must be reported as saved. */
  readonly unnamed: number;
}

/**
 * Follows the arguments in order, as Blender does: `-o`, `-F`, `-s`, `-e`, `-j` and `-x` hold for the `-f` and `-a` that
 * come after them.
 * @param args already joined by joinFrameNumbers
 * @param cwd what a relative path is relative to
 */
export function expectedPictures(args: readonly string[], cwd: string): Expectation {
  const states = new SceneStates(cwd);
  const pictures = new Map<string, readonly string[]>();
  let unnamed = 0;
  let renders = false;
  for (let index = 0; index < args.length && args[index] !== '--'; index += 1) {
    const arg = args[index] ?? '';
    const value = args[index + 1] ?? '';
    if (isFrameOption(arg) || arg === '-a' || arg === '--render-anim') {
      renders = true;
      const { state } = states;
      const frames = isFrameOption(arg) ? readFrameArgument(value) : animationFrames(state);
      const format = formatNamed(state.format ?? '');
      if (frames === undefined || format === undefined || state.output === undefined) {
        unnamed += format?.kind === 'movie' ? 0 : (frames?.length ?? 1);
      } else if (format.kind === 'frames') {
        for (const names of possibleNames(state, state.output, frames, format))
          pictures.set(names[0] ?? '', names);
      }
      if (isFrameOption(arg)) index += 1;
    } else {
      index += states.take(arg, value);
    }
  }
  return { renders: renders && isBackground(args), pictures: [...pictures.values()], unnamed };
}

/** Without `-b`, `-a` plays pictures in a window. */
function isBackground(args: readonly string[]): boolean {
  return args.includes('-b') || args.includes('--background');
}

function animationFrames({ start, end, step }: RenderState): FrameList | undefined {
  if (start === undefined || end === undefined || end - start > 1_000_000) return undefined;
  const frames: number[] = [];
  for (let frame = start; frame <= end; frame += step) frames.push(frame);
  return frames;
}

function possibleNames(
  state: RenderState,
  output: string,
  frames: FrameList,
  format: RenderFormat,
): string[][] {
  const path = output.startsWith('//') ? resolve(state.folder, output.slice(2)) : resolve(state.cwd, output);
  const pattern = output.endsWith('/') ? `${path}/` : path;
  return frames.map((frame) => {
    const names: string[] = [];
    if (state.extension !== false) names.push(frameFileName(pattern, frame, format.extension));
    // Without -x the scene decides whether names get an ending.
    if (state.extension !== true) names.push(frameFileName(pattern, frame, ''));
    return names;
  });
}
