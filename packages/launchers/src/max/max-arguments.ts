import { join } from 'node:path';
import type { FrameRun } from './frame-runs.ts';
import type { MaxOptions } from './options.ts';

/** Level 5 adds dates and times, 2 is 3dsmaxcmd's own choice. */
const ALL = 5;

/**
 * The words of a 3dsmaxcmd command line, in the form of the seed (spec/render.md §4). `quote`: for Windows, where the words
 * make up one line as they are; 3dsmaxcmd reads quotes its own way, and a backslash before one means nothing to it.
 */
export function maxArguments(
  { outputDir, name, camera, resolution, verbose }: MaxOptions,
  scene: string,
  { first, last }: FrameRun,
  quote: (text: string) => string,
): string[] {
  return [
    `-o=${quote(join(outputDir, `${name.stem}${name.extension}`))}`,
    `-frames=${first === last ? first : `${first}-${last}`}`,
    ...(camera === undefined ? [] : [`-cam=${quote(camera)}`]),
    ...(resolution === undefined ? [] : [`-w=${resolution.width}`, `-h=${resolution.height}`]),
    ...(verbose ? [`-v=${ALL}`] : []),
    quote(scene),
  ];
}
