import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseOptions as commandOptions } from '../command/options.ts';
import { renderCommand } from '../command/render-command.ts';
import { type ProgressLine, parseProgressLine } from '../index.ts';
import { parseMaxOptions } from '../max/options.ts';
import { renderMax } from '../max/render-max.ts';
import { parseOptions as blenderOptions } from '../render/options.ts';
import { renderBlender } from '../render/render-blender.ts';
import type { Launcher } from '../run-launcher.ts';
import { ended, lineThatStarts, Workshop } from '../testing/launched.ts';
import { Thumbnails } from './thumbnails.ts';

/** What the service tells of a task whose `out/` is uploaded. */
function task(shop: Workshop): Record<string, string> {
  const outputs = [{ path: shop.path('out/'), url: 'oss://films/out/' }];
  return {
    BATCH_COMPUTE_DAG_JOB_ID: 'job-1',
    BATCH_COMPUTE_DAG_TASK_ID: 'render',
    REBATCH_TASK: JSON.stringify({ attempt: 0, timeoutSeconds: 3600, inputs: [], outputs }),
  };
}

function command(shop: Workshop, text: string, frames: string): string[] {
  const pictures = ['--output-dir', shop.path('out/result'), '--name', 'shot/##.png', '--thumbnails'];
  return ['--command', text, '--frames', frames, ...pictures];
}

/** Runs a launcher in this process, by a clock that stands still: its last thumbnails have all the time they need. */
async function run<Options>(
  { parse, run: launch }: Pick<Launcher<Options>, 'parse' | 'run'>,
  shop: Workshop,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; lines: string[]; thumbnails: (string | undefined)[] }> {
  const lines: string[] = [];
  const options = parse(args);
  if (options === undefined) throw new Error('it was asked for help');
  const surroundings = { ...process.env, ...shop.variables, ...env };
  const write = (line: string): number => lines.push(line);
  const code = await launch(options, { env: surroundings, write, now: () => 0 });
  const thumbnails = lines.flatMap((text) => {
    const line = parseProgressLine(text);
    return line?.kind === 'thumbnail' ? [line.file] : [];
  });
  return { code, lines, thumbnails };
}

const COMMAND = { parse: (args: readonly string[]) => commandOptions(args), run: renderCommand };

test('each finished frame gets a small picture beside the claims of its task, and a line that names it', async () => {
  using shop = new Workshop();
  const { code, thumbnails } = await run(
    COMMAND,
    shop,
    command(shop, 'echo frame $FRAME >$OUTPUT_FILE', '1-12,-3'),
    task(shop),
  );
  expect(code).toBe(0);
  const frames = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -3];
  const names = frames.map((frame) => `.rebatch/job-1/thumbnails/render/${frame}.jpg`);
  expect(thumbnails).toEqual(names);
  expect(names.map((name) => readFileSync(shop.path(`out/${name}`), 'utf8'))).toEqual(
    frames.map((frame) => `small frame ${frame}\n`),
  );
  expect(readdirSync(shop.path('out/result'))).toEqual(['shot']);
});

test('Blender’s and 3ds Max’s frames get them, too', async () => {
  using shop = new Workshop();
  const scene = ['--scene', shop.scene('scene'), '--frames', '1-2', '--thumbnails=yes', '--output-dir'];
  const blender = await run({ parse: blenderOptions, run: renderBlender }, shop, [
    ...scene,
    shop.path('blender-out'),
  ]);
  const max = await run({ parse: parseMaxOptions, run: renderMax }, shop, [...scene, shop.path('max-out')]);
  const expected = ['.rebatch/thumbnails/1.jpg', '.rebatch/thumbnails/2.jpg'];
  for (const { code, thumbnails } of [blender, max]) expect([code, thumbnails]).toEqual([0, expected]);
  for (const folder of ['blender-out', 'max-out'])
    expect(readdirSync(shop.path(`${folder}/.rebatch/thumbnails`))).toEqual(['1.jpg', '2.jpg']);
});

test('nobody gets them unasked', async () => {
  using shop = new Workshop();
  const args = command(shop, 'echo picture >$OUTPUT_FILE', '1').filter((arg) => arg !== '--thumbnails');
  const { thumbnails } = await run(COMMAND, shop, args);
  expect(thumbnails).toEqual([]);
  expect(readdirSync(shop.path('out'))).toEqual(['result']);
});

test('a picture that cannot be read is a line, and no reason to fail or to leave out another', async () => {
  using shop = new Workshop();
  const draw = 'if [ $FRAME = 3 ]; then echo junk; else echo frame; fi >$OUTPUT_FILE';
  const { code, lines, thumbnails } = await run(COMMAND, shop, command(shop, draw, '1-5'));
  expect(code).toBe(0);
  expect(lines).toContain('render-command: no thumbnail of frame 3: Invalid PNG signature');
  expect(thumbnails).toEqual([1, 2, 4, 5].map((frame) => `.rebatch/thumbnails/${frame}.jpg`));
});

test('after three frames in a row without one, no more are tried', async () => {
  using shop = new Workshop();
  const { code, lines } = await run(COMMAND, shop, command(shop, 'echo junk >$OUTPUT_FILE', '1-12'));
  expect(code).toBe(0);
  const said = lines.filter((line) => line.includes('thumbnail'));
  expect(said.map((line) => line.replace(/: Invalid.*/, ''))).toEqual([
    'render-command: no thumbnail of frame 1',
    'render-command: no thumbnail of frame 2',
    'render-command: no thumbnail of frame 3',
    'render-command: no more thumbnails are tried',
  ]);
});

test('where there is no ffmpeg, that is said once', async () => {
  using shop = new Workshop();
  const args = command(shop, 'echo picture >$OUTPUT_FILE', '1-12');
  const { code, lines } = await run(COMMAND, shop, args, { REBATCH_FFMPEG: 'no-such-program' });
  expect(code).toBe(0);
  expect(lines.filter((line) => line.includes('thumbnail'))).toEqual([
    'render-command: there are no thumbnails, as there is no program no-such-program; REBATCH_FFMPEG names one',
  ]);
});

test('a signal that ends the render ends them as well', async () => {
  using shop = new Workshop();
  const draw = 'printf hangs >$OUTPUT_FILE; if [ $FRAME = 2 ]; then echo waits; sleep 3600; fi';
  const child = shop.start('render-command', command(shop, draw, '1-3'));
  const end = ended(child);
  await lineThatStarts(child, 'waits');
  child.kill('SIGTERM');
  expect((await end).code).toBe(143);
});

test('when the render is over they have ten seconds more, or a twentieth of its time', async () => {
  using shop = new Workshop();
  for (const [took, more] of [
    [0, 10_000],
    [1_000_000, 50_000],
  ] as const) {
    const lines: ProgressLine[] = [];
    const said: string[] = [];
    let now = took;
    const plan = {
      ffmpeg: shop.ffmpeg,
      outputDir: shop.folder,
      place: {
        folder: shop.path('small'),
        nameOf: String,
        pathOf: (frame: number) => shop.path(`small/${frame}`),
      },
      report(line: ProgressLine) {
        lines.push(line);
        // The second run of ffmpeg, of up to eight pictures, is still begun.
        now = took + more - (lines.length === 1 ? 1 : 0);
      },
      say: (text: string) => said.push(text),
      elapsed: () => now,
    };
    const pictures = new Thumbnails(plan);
    shop.scene('picture', 'picture');
    for (let frame = 1; frame <= 20; frame += 1) pictures.take({ kind: 'saved', frame, file: 'picture' });
    await pictures.end();
    expect(lines).toHaveLength(9);
    expect(said).toEqual(['11 frames have no thumbnail: there was no time for them']);
  }
});
