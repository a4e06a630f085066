import { totalmem } from 'node:os';
import { basename, dirname, extname } from 'node:path';
import { canonical } from '@rebatch/frames';
import type { Instance } from '../share/instance.ts';
import { cpuCount } from './cpu-count.ts';
import type { CommandOptions } from './options.ts';
import type { SteppedRun } from './stepped-runs.ts';

/**
 * What a command finds in its variables: those of the vendor's render manager (spec/render.md §5) and some more. Values are
 * texts that no shell reads again.
 */
export function commandVariables(
  { scene, inputDir, outputDir, per }: CommandOptions,
  { frames, first, last, step }: SteppedRun,
  { instance, of }: Instance,
  pictureOf: ((frame: number) => string) | undefined,
): Record<string, string> {
  return {
    CPU: String(cpuCount()),
    MEMORY_MB: String(Math.floor(totalmem() / 2 ** 20)),
    INSTANCE_ID: String(instance),
    INSTANCE_COUNT: String(of),
    START_FRAME: String(first),
    END_FRAME: String(last),
    STEP: String(step),
    FRAMES: canonical(frames),
    FRAME_COUNT: String(frames.length),
    INPUT_LOCAL_DIR: inputDir,
    OUTPUT_LOCAL_DIR: outputDir,
    ...(scene === undefined ? {} : sceneVariables(scene)),
    ...(per === 'frame' ? { FRAME: String(first) } : {}),
    ...(per === 'frame' && pictureOf !== undefined ? { OUTPUT_FILE: pictureOf(first) } : {}),
  };
}

function sceneVariables(scene: string): Record<string, string> {
  return {
    SCENE_FILE: scene,
    SCENE_DIR: dirname(scene),
    SCENE_NAME: basename(scene, extname(scene)),
  };
}
