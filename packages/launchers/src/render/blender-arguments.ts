import { join } from 'node:path';
import { FRAME_LOOP } from './frame-loop.ts';
import type { RenderOptions } from './options.ts';
import { movieStem, type Outputs } from './outputs.ts';
import { SCENE_SETUP } from './scene-setup.ts';

/**
 * The one Blender command of this attempt. The order is Blender's own: it carries arguments out as it meets them, so the
 * scene comes first and what to render last (spec/render.md §3).
 */
export function blenderArguments(options: RenderOptions, scene: string, outputs: Outputs): string[] {
  const name = outputs.kind === 'movie' ? movieStem(options.name) : options.name;
  return [
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
    ...whatToRender(outputs),
    '--',
    '--cycles-device',
    options.device,
  ];
}

function whatToRender(outputs: Outputs): string[] {
  if (outputs.kind === 'frames') return ['--python-expr', FRAME_LOOP];
  const { first, last, step } = outputs;
  return ['-s', String(first), '-e', String(last), '-j', String(step), '-a'];
}
