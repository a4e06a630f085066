import { join } from 'node:path';
import type { FrameList } from '@rebatch/frames';
import { LaunchError } from '../launch-error.ts';
import { frameArguments } from './frame-argument.ts';
import type { RenderOptions } from './options.ts';
import { movieStem, type Outputs } from './outputs.ts';
import { SCENE_SETUP } from './scene-setup.ts';

/** Linux gives all arguments and the environment 2 MiB together; the rest is left to the environment. */
const LONGEST_COMMAND = 1_500_000;

/**
 * The one Blender command of this attempt. The order is Blender's own: it carries arguments out as it meets them, so the
 * scene comes first and what to render last (spec/render.md §3).
 * @throws LaunchError for a piece whose frames do not fit a command line
 */
export function blenderArguments(
  options: RenderOptions,
  scene: string,
  frames: FrameList,
  outputs: Outputs,
): string[] {
  const name = outputs.kind === 'movie' ? movieStem(options.name) : options.name;
  const args = [
    '-b',
    options.allowScripts ? '-y' : '-Y',
    '-noaudio',
    ...(options.threads === undefined ? [] : ['-t', String(options.threads)]),
    scene,
    ...(options.engine === undefined ? [] : ['-E', options.engine]),
    '--python-exit-code',
    '1',
    '--python-expr',
    SCENE_SETUP,
    '-o',
    join(options.outputDir, name),
    '-F',
    options.format.name,
    '-x',
    '1',
    ...whatToRender(frames, outputs),
    '--',
    '--cycles-device',
    options.device,
  ];
  if (args.reduce((length, arg) => length + arg.length + 1, 0) > LONGEST_COMMAND) {
    throw new LaunchError(
      1,
      `the ${frames.length} frames of this instance are too scattered for one command: use more instances`,
    );
  }
  return args;
}

function whatToRender(frames: FrameList, outputs: Outputs): string[] {
  if (outputs.kind === 'movie') {
    const { first, last, step } = outputs;
    return ['-s', String(first), '-e', String(last), '-j', String(step), '-a'];
  }
  return frameArguments(frames).flatMap((text) => ['-f', text]);
}
