import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseProgressLine } from '../index.ts';
import { ended, lineThatStarts, Workshop } from '../testing/launched.ts';
import { findMaxProgram } from './max-program.ts';
import { parseMaxOptions } from './options.ts';
import { renderMax } from './render-max.ts';

const progress = (stdout: string) => stdout.split('\n').flatMap((line) => parseProgressLine(line) ?? []);

interface Rendered {
  readonly code: number;
  readonly stdout: string;
}

/** Runs the launcher in this process, with the stand-in as 3ds Max. */
async function run(
  shop: Workshop,
  args: string[],
  variables: Record<string, string> = {},
): Promise<Rendered> {
  const options = parseMaxOptions([...args, '--output-dir', shop.path('out')]);
  if (options === undefined) throw new Error('it was asked for help');
  let stdout = '';
  const code = await renderMax(options, {
    env: { PATH: process.env['PATH'], ...shop.variables, ...variables },
    write: (line) => {
      stdout += `${line}\n`;
    },
    now: () => performance.now(),
  });
  return { code, stdout };
}

/** Renders a scene that says what the stand-in does. */
async function render(
  shop: Workshop,
  frames: string,
  scene: object = {},
  ...more: string[]
): Promise<Rendered> {
  return await run(shop, ['--scene', shop.scene('s.max', scene), '--frames', frames, ...more]);
}

const rangesOf = (shop: Workshop): string[] =>
  shop.started().flatMap(({ args }) => args.filter((arg) => arg.startsWith('-frames=')));

describe('render-3dsmax', () => {
  test('renders its share in one run, named as 3ds Max names, and reports every frame', async () => {
    using shop = new Workshop();
    const { code, stdout } = await run(shop, ['--scene', shop.scene('s.max'), '--frames', '1-6'], {
      BATCH_COMPUTE_DAG_INSTANCE_ID: '1',
      BATCH_COMPUTE_DAG_INSTANCE_COUNT: '2',
    });
    const lines = progress(stdout);
    expect(lines).toContainEqual({ kind: 'rendering', frame: 4 });
    // A look at the pictures in between, which there is in a slow run only, tells of more frames that are begun.
    expect(lines.filter(({ kind }) => kind !== 'rendering')).toEqual([
      { kind: 'piece', frames: '4-6', count: 3, instance: 1, of: 2 },
      ...[4, 5, 6].map((frame) => ({
        kind: 'saved',
        frame,
        file: `test000${frame}.jpg`,
        seconds: expect.any(Number),
      })),
      { kind: 'done', saved: 3, missing: 0, seconds: expect.any(Number) },
    ]);
    expect(code).toBe(0);
    expect(readFileSync(shop.path('out/test0005.jpg'), 'utf8')).toBe('picture of frame 5');
    expect(rangesOf(shop)).toEqual(['-frames=4-6']);
  });

  test('gives 3ds Max ranges without gaps only', async () => {
    using shop = new Workshop();
    const { code } = await render(shop, '1,3,5-7,2');
    expect(code).toBe(0);
    expect(rangesOf(shop)).toEqual(['-frames=1', '-frames=3', '-frames=5-7', '-frames=2']);
  });

  test('hands on camera and resolution, and takes a name in a folder with another kind', async () => {
    using shop = new Workshop();
    const more = ['--camera', 'Cam 01', '--resolution', '320x200', '--name', 'shot/a.png'];
    expect((await render(shop, '7', {}, ...more)).code).toBe(0);
    const out = shop.path('out/shot/a.png');
    expect(shop.started()[0]?.args).toEqual([
      `-o=${out}`,
      '-frames=7',
      '-cam=Cam 01',
      '-w=320',
      '-h=200',
      shop.path('s.max'),
    ]);
    expect(existsSync(shop.path('out/shot/a0007.png'))).toBe(true);
  });

  test('takes pictures with three digits, too', async () => {
    using shop = new Workshop();
    const { code, stdout } = await render(shop, '1-2', { digits: 3 });
    expect(code).toBe(0);
    expect(stdout).toContain('state=saved file=test001.jpg');
  });

  test('a frame that cannot be rendered costs that frame only', async () => {
    using shop = new Workshop();
    const { code, stdout } = await render(shop, '1-5', { failsAt: 3, exitCode: 1 });
    expect(code).toBe(1);
    expect(rangesOf(shop)).toEqual(['-frames=1-5', '-frames=4-5']);
    expect(stdout).toContain('1 of 5 frames are missing: 3\n');
    expect(stdout).toContain('3ds Max said: Error rendering frame 3');
    expect(existsSync(shop.path('out/test0005.jpg'))).toBe(true);
  });

  test('success without a picture is a failure', async () => {
    using shop = new Workshop();
    const { code, stdout } = await render(shop, '1-3', { silentAt: 2 });
    expect(code).toBe(1);
    expect(stdout).toContain('rebatch frame=2 state=missing file=test0002.jpg');
    expect(rangesOf(shop)).toHaveLength(1);
  });

  test('a picture of an earlier run is not taken for this one’s', async () => {
    using shop = new Workshop();
    mkdirSync(shop.path('out'));
    writeFileSync(shop.path('out/test0001.jpg'), 'old');
    expect((await render(shop, '1', { silentAt: 1 })).code).toBe(1);
  });

  test('an exit code counts for nothing when all pictures are there, a known complaint does', async () => {
    using shop = new Workshop();
    expect((await render(shop, '1', { exitCode: 8 })).code).toBe(0);
    const says = 'Could not find the specified file in DefaultSettings\r\n';
    const { code, stdout } = await render(shop, '1', { says });
    expect(code).toBe(1);
    expect(stdout).toContain('3ds Max said: Could not find the specified file in DefaultSettings');
  });

  test('complaints are found in UTF-16, too', async () => {
    using shop = new Workshop();
    const says = Buffer.from('Error rendering frame 9\n', 'utf16le').toString('latin1');
    expect((await render(shop, '1', { says })).code).toBe(1);
  });

  test('an instance too many has nothing to do', async () => {
    using shop = new Workshop();
    const args = ['--scene', shop.scene('s.max'), '--frames', '1'];
    const numbers = { BATCH_COMPUTE_DAG_INSTANCE_ID: '1', BATCH_COMPUTE_DAG_INSTANCE_COUNT: '2' };
    const { code, stdout } = await run(shop, args, numbers);
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing to do, exit');
  });

  test('resumes behind the pictures that are there', async () => {
    using shop = new Workshop();
    shop.scene('s.max');
    mkdirSync(shop.path('out'));
    expect((await render(shop, '1-2')).code).toBe(0);
    const { stdout } = await run(shop, ['--scene', shop.path('s.max'), '--frames', '1-3', '--resume']);
    expect(stdout).toContain('rebatch frame=1 state=skipped file=test0001.jpg');
    expect(rangesOf(shop).at(-1)).toBe('-frames=3');
  });

  test('a signal reaches 3ds Max and ends the render', async () => {
    using shop = new Workshop();
    const args = ['--scene', shop.scene('s.max', { waits: true }), '--frames', '1-3,7'];
    const child = shop.start('render-3dsmax', [...args, '--output-dir', shop.path('out')]);
    const end = ended(child);
    await lineThatStarts(child, 'Frame 1 assigned');
    child.kill('SIGTERM');
    const { code, stdout } = await end;
    expect(code).toBe(143);
    expect(rangesOf(shop)).toEqual(['-frames=1-3']);
    expect(stdout).toMatch(/of 4 frames are missing: .*3,7$/m);
  });

  test.each([
    [['--frames', '1'], '--scene is missing'],
    [['--scene', 's.max'], '--frames is missing'],
    [['--scene', 's.max', '--frames', '1', '--name', '../x.jpg'], 'below the output folder'],
    [['--scene', 's.max', '--frames', '1', '--name', 'x'], 'with an ending'],
    [['--scene', 's.max', '--frames', '1', '--resolution', '0x5'], '--resolution'],
    [['--scene', 's.max', '--frames', '1', '--nonsense'], 'nonsense'],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => parseMaxOptions(args)).toThrow(message);
  });

  test('names the scenes that are there when its own is not', async () => {
    using shop = new Workshop();
    shop.scene('Lighting.MAX');
    const args = ['--scene', 'Lightin.max', '--scene-dir', shop.folder, '--frames', '1'];
    await expect(run(shop, args)).rejects.toThrow('holds Lighting.MAX');
  });
});

test('the newest 3ds Max of the machine is taken', async () => {
  using shop = new Workshop();
  for (const folder of ['3ds Max 2018', '3ds Max 2024', '3ds Max 2025', 'Maya 2026']) {
    mkdirSync(shop.path(folder));
    if (folder !== '3ds Max 2025') writeFileSync(shop.path(`${folder}/3dsmaxcmd.exe`), '');
  }
  expect(await findMaxProgram({}, shop.folder)).toBe(shop.path('3ds Max 2024/3dsmaxcmd.exe'));
  await expect(findMaxProgram({}, shop.path('nowhere'))).rejects.toThrow('REBATCH_3DSMAXCMD');
});
