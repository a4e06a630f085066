import { extname } from 'node:path';
import { frameFileName } from '@rebatch/frames';
import { findScene } from '../render/find-scene.ts';
import { OutputFolder } from '../render/output-folder.ts';
import { readFrames } from '../share/read-frames.ts';
import { RenderReport } from '../share/render-report.ts';
import { runShare } from '../share/run-share.ts';
import type { Surroundings } from '../surroundings.ts';
import { CommandRender } from './command-render.ts';
import type { CommandOptions } from './options.ts';

/**
 * Runs the command for this instance's frames and looks for every picture, if their names are known (spec/render.md §5).
 * @returns the exit code: 0 when every command ended well and every picture is there, or there was nothing to do; 1 when not;
 * 128 + n when signal n ended a command
 * @throws LaunchError for what is wrong before the first command
 */
export async function renderCommand(options: CommandOptions, surroundings: Surroundings): Promise<number> {
  const { env, now } = surroundings;
  const report = new RenderReport('render-command', surroundings, options);
  const { outputDir, scene, sharing } = options;
  const frames = readFrames(options.frames);
  const fileOf = picturesNamed(options.name);
  return runShare({ frames, options: sharing, outputDir, fileOf, scene, env, report }, async (share) => {
    if (scene !== undefined) await findScene('/', scene, extname(scene));
    const expected = share.piece ?? frames;
    const files = new Map(fileOf === undefined ? [] : expected.map((frame) => [frame, fileOf(frame)]));
    const folder = await OutputFolder.prepare(outputDir, { kind: 'frames', fileOf: files });
    return new CommandRender({ options, instance: share, folder, fileOf, env, report: report.line, now });
  });
}

/** The picture's ending stays behind the number; where no `#` is, four digits are appended to the name. */
function picturesNamed(pattern: string | undefined): ((frame: number) => string) | undefined {
  if (pattern === undefined) return undefined;
  const extension = extname(pattern);
  const stem = pattern.slice(0, pattern.length - extension.length);
  return (frame) => frameFileName(stem, frame, '') + extension;
}
