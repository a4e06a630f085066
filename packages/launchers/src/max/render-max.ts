import { join, resolve } from 'node:path';
import { canonical } from '@rebatch/frames';
import { exitCodeOfSignal } from '../forward-signals.ts';
import { formatProgressLine, type ProgressLine } from '../progress-lines.ts';
import { findScene } from '../render/find-scene.ts';
import { readFrames } from '../share/read-frames.ts';
import { shareFrames } from '../share/share-frames.ts';
import { ShareProgress } from '../share/share-progress.ts';
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
export async function renderMax(options: MaxOptions, { env, write, now }: Surroundings): Promise<number> {
  const started = now();
  const say = (text: string): void => write(`render-3dsmax: ${text}`);
  const report = (line: ProgressLine): void => write(formatProgressLine(line));
  const frames = readFrames(options.frames);
  const fileOf = (frame: number): string => fileName(options.name, frame);
  const share = await shareFrames({
    frames,
    options: options.sharing,
    outputDir: options.outputDir,
    pictureOf: (frame) => join(options.outputDir, fileOf(frame)),
    scene: resolve(options.sceneDir, options.scene),
    env,
    now: () => now() - started,
    say,
    skipped(frame) {
      progress.took(1);
      report({ kind: 'skipped', frame, file: fileOf(frame) });
    },
  });
  const progress = new ShareProgress(share, report);
  progress.begin();
  const finish = (saved: number, missing: number): void =>
    report({ kind: 'done', saved, missing, seconds: (now() - started) / 1000 });

  let next = share.count === 0 ? [] : await share.source.next({ rendered: 0, failed: 0 });
  if (next.length === 0) {
    say('Nothing to do, exit');
    finish(0, 0);
    return 0;
  }
  const scene = await findScene(options.sceneDir, options.scene, '.max');
  const program = await findMaxProgram(env);
  const pictures = await MaxPictures.prepare(options, share.piece ?? frames);
  const render = new MaxRender({ program, options, scene, pictures, env, report, write });
  let count = 0;
  while (next.length > 0 && render.exit.signal === null) {
    const before = render.missing.length;
    count += next.length;
    progress.took(next.length);
    await render.render(next);
    const failed = render.missing.length - before;
    next = await share.source.next({ rendered: next.length - failed, failed });
  }

  const { missing, exit, complaints } = render;
  finish(count - missing.length, missing.length);
  for (const line of explainEnd(render, count)) say(line);
  if (exit.signal !== null) return exitCodeOfSignal(exit.signal);
  return missing.length === 0 && complaints.lines.length === 0 ? 0 : 1;
}

/** Lines for people; none when all went well. */
function explainEnd({ missing, exit, complaints }: MaxRender, count: number): string[] {
  const lines = complaints.lines.map((line) => `3ds Max said: ${line}`);
  if (missing.length > 0)
    lines.unshift(`${missing.length} of ${count} frames are missing: ${canonical(missing)}`);
  if (exit.signal !== null) lines.push(`3ds Max was ended by ${exit.signal}`);
  else if (exit.code !== 0) lines.push(`3ds Max ended with exit code ${exit.code}`);
  return lines;
}
