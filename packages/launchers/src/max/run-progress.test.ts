import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { ProgressLine } from '../progress-lines.ts';
import { MaxPictures } from './max-pictures.ts';
import { parseMaxOptions } from './options.ts';
import { RunProgress } from './run-progress.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-progress-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** When the run begins, in seconds. */
const BEGUN = 2_000_000_000;

/** A picture that was written so many seconds later. */
async function picture(frame: number, seconds: number): Promise<void> {
  const path = join(folder, `test000${frame}.jpg`);
  await writeFile(path, 'picture');
  const at = BEGUN + seconds;
  await utimes(path, at, at);
}

test('a frame is done when the next one’s picture is there, and took as long as between the two', async () => {
  const options = parseMaxOptions(['--scene', 's.max', '--frames', '1-4', '--output-dir', folder]);
  if (options === undefined) throw new Error('it was asked for help');
  const pictures = await MaxPictures.prepare(options, [1, 2, 3, 4]);
  const lines: ProgressLine[] = [];
  const report = (line: ProgressLine) => lines.push(line);
  const now = vi.spyOn(Date, 'now').mockReturnValue(BEGUN * 1000);
  onTestFinished(() => now.mockRestore());
  const progress = new RunProgress({ first: 1, last: 4 }, { pictures, name: options.name, report });
  await progress.look();
  await picture(1, 10);
  await progress.look();
  expect(lines).toEqual([{ kind: 'rendering', frame: 1 }]);

  await picture(2, 40);
  await Promise.all([progress.look(), progress.look()]);
  expect(lines.splice(0)).toEqual([
    { kind: 'rendering', frame: 1 },
    { kind: 'saved', frame: 1, file: 'test0001.jpg', seconds: 10 },
    { kind: 'rendering', frame: 2 },
  ]);

  await picture(4, 50);
  const looking = progress.look();
  expect(await progress.end()).toEqual([3]);
  await looking;
  expect(lines).toEqual([
    { kind: 'saved', frame: 2, file: 'test0002.jpg', seconds: 30 },
    { kind: 'saved', frame: 4, file: 'test0004.jpg', seconds: 10 },
  ]);
});
