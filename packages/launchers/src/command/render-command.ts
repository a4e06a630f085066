import { extname, join } from 'node:path';
import { canonical, frameFileName } from '@rebatch/frames';
import { exitCodeOfSignal } from '../forward-signals.ts';
import { formatProgressLine, type ProgressLine } from '../progress-lines.ts';
import { findScene } from '../render/find-scene.ts';
import { OutputFolder } from '../render/output-folder.ts';
import { readFrames } from '../share/read-frames.ts';
import { shareFrames } from '../share/share-frames.ts';
import { LONGEST_LIST, ShareProgress } from '../share/share-progress.ts';
import type { Surroundings } from '../surroundings.ts';
import { CommandRender } from './command-render.ts';
import type { CommandOptions } from './options.ts';

/**
 * Runs the command for this instance's frames and looks for every picture, if their names are known (spec/render.md §5).
 * @returns the exit code: 0 when every command ended well and every picture is there, or there was nothing to do; 1 when not;
 * 128 + n when signal n ended a command
 * @throws LaunchError for what is wrong before the first command
 */
export async function renderCommand(
  options: CommandOptions,
  { env, write, now }: Surroundings,
): Promise<number> {
  const started = now();
  const say = (text: string): void => write(`render-command: ${text}`);
  const report = (line: ProgressLine): void => write(formatProgressLine(line));
  const { outputDir } = options;
  const frames = readFrames(options.frames);
  const fileOf = picturesNamed(options.name);
  const share = await shareFrames({
    frames,
    options: options.sharing,
    outputDir,
    pictureOf: fileOf && ((frame) => join(outputDir, fileOf(frame))),
    scene: options.scene,
    env,
    now: () => now() - started,
    say,
    skipped(frame) {
      progress.took(1);
      report({ kind: 'skipped', frame, file: fileOf?.(frame) ?? '' });
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
  if (options.scene !== undefined) await findScene('/', options.scene, extname(options.scene));
  const expected = share.piece ?? frames;
  const files = new Map(fileOf === undefined ? [] : expected.map((frame) => [frame, fileOf(frame)]));
  const folder = await OutputFolder.prepare(outputDir, { kind: 'frames', fileOf: files });
  const render = new CommandRender({ options, instance: share, folder, fileOf, env, report, now });
  let count = 0;
  while (next.length > 0) {
    count += next.length;
    progress.took(next.length);
    const outcome = await render.render(next);
    if (render.signal !== null) break;
    next = await share.source.next(outcome);
  }

  const { missing, signal } = render;
  finish(count - missing.length, missing.length);
  for (const line of explainEnd(render, count)) say(line);
  if (signal !== null) return exitCodeOfSignal(signal);
  return missing.length === 0 ? 0 : 1;
}

/** The picture's ending stays behind the number; where no `#` is, four digits are appended to the name. */
function picturesNamed(pattern: string | undefined): ((frame: number) => string) | undefined {
  if (pattern === undefined) return undefined;
  const extension = extname(pattern);
  const stem = pattern.slice(0, pattern.length - extension.length);
  return (frame) => frameFileName(stem, frame, '') + extension;
}

/** Lines for people; none when all went well. */
function explainEnd({ missing, trouble, signal }: CommandRender, count: number): string[] {
  const lines: string[] = [];
  if (missing.length > 0) {
    const text = canonical(missing);
    const shown = text.length > LONGEST_LIST ? `${text.slice(0, LONGEST_LIST)}…` : text;
    lines.push(`${missing.length} of ${count} frames failed: ${shown}`);
  }
  if (trouble !== undefined) lines.push(trouble);
  if (signal !== null) lines.push(`the command was ended by ${signal}`);
  return lines;
}
