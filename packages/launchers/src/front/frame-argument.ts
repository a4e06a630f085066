import type { FrameList } from '@rebatch/frames';

/** `7`, `-3`, `+5`, `1..4` and comma lists of them: what Blender's `-f` takes. */
const FRAMES = /^[+-]?\d+(\.\.[+-]?\d+)?(,[+-]?\d+(\.\.[+-]?\d+)?)*$/;

export function isFrameOption(arg: string): boolean {
  return arg === '-f' || arg === '--render-frame';
}

/**
 * Joins the numbers after `-f` with commas: `-f 1 2 3` becomes `-f 1,2,3`, since Blender takes the first alone and tries to
 * load `2` as a scene (spec/render.md §3). Everything else stays as it is, word by word, also all that follows `--`.
 */
export function joinFrameNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  let index = 0;
  for (let arg = args[0]; arg !== undefined; arg = args[index]) {
    if (arg === '--') return [...joined, ...args.slice(index)];
    joined.push(arg);
    index += 1;
    if (!isFrameOption(arg)) continue;
    const first = index;
    while (FRAMES.test(args[index] ?? '')) index += 1;
    if (index > first) joined.push(args.slice(first, index).join(','));
  }
  return joined;
}

/**
 * The frames of an argument of `-f` as Blender renders them; undefined when that cannot be told from the command line: a
 * sign makes a number relative to the scene's first or last frame.
 */
export function readFrameArgument(text: string): FrameList | undefined {
  if (!/^\d+(\.\.\d+)?(,\d+(\.\.\d+)?)*$/.test(text)) return undefined;
  const frames: number[] = [];
  for (const part of text.split(',')) {
    const [first = 0, last = first] = part.split('..').map(Number);
    if (last - first > 1_000_000) return undefined;
    for (let frame = first; frame <= last; frame += 1) frames.push(frame);
  }
  return frames;
}
