import { resolve } from 'node:path';
import { findScene } from '../render/find-scene.ts';
import { readFrames } from '../share/read-frames.ts';
import { RenderReport } from '../share/render-report.ts';
import { runShare } from '../share/run-share.ts';
import type { Surroundings } from '../surroundings.ts';
import { fileName, MaxPictures } from './max-pictures.ts';
import { findMaxProgram } from './max-program.ts';
import { MaxRender } from './max-render.ts';
import type { MaxOptions } from './options.ts';

/**
 * Renders this instance's frames and looks for every picture afterwards: the exit code of 3dsmaxcmd says too little
 * (spec/render.md §4).
 * @returns the exit code: 0 when every picture was written by this run and 3ds Max told of no failure, or there was nothing to
 * do; 1 when not; 128 + n when signal n stopped the render
 * @throws LaunchError for what is wrong before 3ds Max starts
 */
export async function renderMax(options: MaxOptions, surroundings: Surroundings): Promise<number> {
  const { env, write } = surroundings;
  const report = new RenderReport('render-3dsmax', surroundings, options);
  const frames = readFrames(options.frames);
  const { outputDir, sharing, name } = options;
  const request = {
    frames,
    options: sharing,
    outputDir,
    fileOf: (frame: number): string => fileName(name, frame),
    scene: resolve(options.sceneDir, options.scene),
    env,
    report,
  };
  return runShare(request, async (share) => {
    const scene = await findScene(options.sceneDir, options.scene, '.max');
    const program = await findMaxProgram(env);
    const pictures = await MaxPictures.prepare(options, share.piece ?? frames);
    return new MaxRender({ program, options, scene, pictures, env, report: report.line, write });
  });
}
