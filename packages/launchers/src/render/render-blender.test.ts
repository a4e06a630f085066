import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseProgressLine } from '../index.ts';
import { ended, lineThatStarts, Workshop } from '../testing/launched.ts';
import { FRAME_LOOP } from './frame-loop.ts';

const instance = (id: number, count: number): Record<string, string> => ({
  BATCH_COMPUTE_DAG_INSTANCE_ID: String(id),
  BATCH_COMPUTE_DAG_INSTANCE_COUNT: String(count),
});

const progress = (stdout: string) => stdout.split('\n').flatMap((line) => parseProgressLine(line) ?? []);

describe('render-blender', () => {
  test('renders its share in one Blender process and reports every frame', async () => {
    using shop = new Workshop();
    shop.scene('shot.blend');
    const args = ['--scene-dir', shop.folder, '--scene', 'shot.blend', '--output-dir', shop.path('out')];
    const { code, stdout } = await shop.run('render-blender', [...args, '--frames', '1-4'], instance(1, 2));
    expect(progress(stdout)).toEqual([
      { kind: 'piece', frames: '3-4', count: 2, instance: 1, of: 2 },
      ...[3, 4].flatMap((frame) => [
        { kind: 'rendering', frame },
        { kind: 'rendering', frame, sample: { done: 32, of: 64 } },
        { kind: 'rendering', frame, sample: { done: 64, of: 64 } },
        { kind: 'saved', frame, file: `000${frame}.png`, seconds: 1.52, megabytes: 10.83 },
      ]),
      { kind: 'done', saved: 2, missing: 0, seconds: expect.any(Number) },
    ]);
    expect(code).toBe(0);
    expect(readFileSync(shop.path('out/0003.png'), 'utf8')).toBe('picture of frame 3');
    expect(shop.started()).toHaveLength(1);
  });

  test('keeps the order of a preview-first list', async () => {
    using shop = new Workshop();
    const args = [
      '--scene',
      shop.scene('s.blend'),
      '--output-dir',
      shop.path('out'),
      '--frames',
      '1-9x4,1-9',
    ];
    const { stdout } = await shop.run('render-blender', args);
    const saved = progress(stdout).flatMap((line) => (line.kind === 'saved' ? [line.frame] : []));
    expect(saved).toEqual([1, 5, 9, 2, 3, 4, 6, 7, 8]);
  });

  test('hands values to Blender as data, never as Python', async () => {
    using shop = new Workshop();
    const options = [
      '--frames=-2',
      '--resolution',
      '480x270',
      '--samples',
      '8',
      '--threads',
      '2',
      '--engine',
      'eevee',
    ];
    const files = ['--scene', shop.scene("it's.blend"), '--output-dir', shop.path('out'), '--name', "a b/'#"];
    const { code } = await shop.run('render-blender', [
      ...files,
      ...options,
      '--device',
      'cuda',
      '--allow-scripts',
    ]);
    const [started] = shop.started();
    const args = started?.args ?? [];
    expect(code).toBe(0);
    expect(JSON.parse(started?.setup ?? '')).toEqual({
      resolution: [480, 270],
      samples: 8,
    });
    expect(args.slice(0, 8)).toEqual([
      '-b',
      '-y',
      '-noaudio',
      '-t',
      '2',
      shop.path("it's.blend"),
      '-E',
      'BLENDER_EEVEE',
    ]);
    expect(args.slice(args.indexOf('-o'), -4)).toEqual([
      '-o',
      shop.path("out/a b/'#"),
      '-F',
      'PNG',
      '-x',
      '1',
      '--python-expr',
    ]);
    expect(args.slice(-4)).toEqual([FRAME_LOOP, '--', '--cycles-device', 'CUDA']);
    expect(existsSync(shop.path("out/a b/'-2.png"))).toBe(true);
  });

  test('leaves scripts inside the scene switched off unless told otherwise', async () => {
    using shop = new Workshop();
    const args = ['--scene', shop.scene('s.blend'), '--output-dir', shop.path('out'), '--frames', '1'];
    await shop.run('render-blender', [...args, '--allow-scripts=no']);
    expect(shop.started()[0]?.args).toContain('-Y');
  });

  test('takes an option with an empty value, or the word scene, as not given', async () => {
    using shop = new Workshop();
    const args = ['--scene', shop.scene('s.blend'), '--output-dir', shop.path('out'), '--frames', '1'];
    const open = [
      '--engine',
      'scene',
      '--resolution',
      'scene',
      '--samples',
      'scene',
      '--format',
      '',
      '--name',
      '',
    ];
    const { code } = await shop.run('render-blender', [...args, ...open]);
    expect(code).toBe(0);
    expect(shop.started()[0]?.setup).toBe('{}');
    expect(shop.started()[0]?.args).not.toContain('-E');
  });

  test('has nothing to do as a surplus instance', async () => {
    using shop = new Workshop();
    const args = ['--scene', 'not-even-looked-for.blend', '--frames', '1-2'];
    const { code, stdout } = await shop.run('render-blender', args, instance(2, 3));
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing to do, exit');
    expect(shop.started()).toEqual([]);
  });

  test('says which frames are missing and why, and fails', async () => {
    using shop = new Workshop();
    const scene = shop.scene('s.blend', { unsaved: [2, 3, 4], empty: [7] });
    const args = ['--scene', scene, '--output-dir', shop.path('out'), '--frames', '1-8'];
    const { code, stdout } = await shop.run('render-blender', args);
    expect(code).toBe(1);
    expect(stdout).toContain('render-blender: 4 of 8 frames are missing: 2-4,7');
    expect(stdout).toContain('Blender said: Error: Render error (No space left on device) cannot save: ');
    expect(progress(stdout).filter((line) => line.kind === 'missing')).toEqual([
      { kind: 'missing', frame: 2, file: '0002.png' },
      { kind: 'missing', frame: 3, file: '0003.png' },
      { kind: 'missing', frame: 4, file: '0004.png' },
      { kind: 'missing', frame: 7, file: '0007.png' },
    ]);
    expect(progress(stdout).at(-1)).toMatchObject({ kind: 'done', saved: 4, missing: 4 });
  });

  test('does not take the picture of an earlier run for its own', async () => {
    using shop = new Workshop();
    mkdirSync(shop.path('out'));
    writeFileSync(shop.path('out/0002.png'), 'old picture');
    const scene = shop.scene('s.blend', { unsaved: [2] });
    const args = ['--scene', scene, '--output-dir', shop.path('out'), '--frames', '1-2'];
    const { code, stdout } = await shop.run('render-blender', args);
    expect(code).toBe(1);
    expect(stdout).toContain('1 of 2 frames are missing: 2');
  });

  test('succeeds when every picture is there although Blender fell at the end', async () => {
    using shop = new Workshop();
    const scene = shop.scene('s.blend', { exitCode: 11 });
    const args = ['--scene', scene, '--output-dir', shop.path('out'), '--frames', '1-2'];
    const { code, stdout } = await shop.run('render-blender', args);
    expect(code).toBe(0);
    expect(stdout).toContain('render-blender: Blender ended with exit code 11');
  });

  test('relays what was changed in the scene', async () => {
    using shop = new Workshop();
    const scene = shop.scene('s.blend', { says: ['rebatch-setup: denoising is off'] });
    const args = ['--scene', scene, '--output-dir', shop.path('out'), '--frames', '1'];
    expect((await shop.run('render-blender', args)).stdout).toContain('render-blender: denoising is off\n');
  });

  test('makes one movie of its share', async () => {
    using shop = new Workshop();
    const args = ['--scene', shop.scene('s.blend'), '--output-dir', shop.path('out'), '--format', 'AVIJPEG'];
    const { code, stdout } = await shop.run('render-blender', [
      ...args,
      '--frames',
      '1-3x2',
      '--name',
      '####.png',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('rebatch frame=3 state=appended file=0001-0003.avi seconds=1.52\n');
    expect(stdout).toContain('render-blender: the movie is 0001-0003.avi');
    expect(shop.started()[0]?.args.join(' ')).toContain('-s 1 -e 3 -j 2 -a');
  });

  test('counts the frames that a movie lacks', async () => {
    using shop = new Workshop();
    const args = ['--scene', shop.scene('s.blend', { unsaved: [3] }), '--output-dir', shop.path('out')];
    const { code, stdout } = await shop.run('render-blender', [
      ...args,
      '--format',
      'AVIJPEG',
      '--frames',
      '1-3',
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('3 of 3 frames are missing: 1-3');
  });

  test('passes a stop on to Blender and tells it by its exit code', async () => {
    using shop = new Workshop();
    const args = [
      '--scene',
      shop.scene('s.blend', { waits: true }),
      '--output-dir',
      shop.path('out'),
      '--frames',
      '1-2',
    ];
    const child = shop.start('render-blender', args);
    const end = ended(child);
    await lineThatStarts(child, 'rebatch frame=1 state=saved');
    child.kill('SIGTERM');
    expect((await end).code).toBe(143);
  });
});

describe('render-blender refuses with one clear line', () => {
  test.each<[string, string[], number, string]>([
    [
      'a frame list with a slip',
      ['--frames', '1-4,5-x'],
      2,
      "column 7: found 'x'; the last frame of the range would fit\n1-4,5-x\n      ^",
    ],
    [
      'two million frames',
      ['--frames', '1-2000000'],
      2,
      'found 2000000 frames; at most 1000000 frames would fit',
    ],
    [
      'a frame beyond Blender',
      ['--frames', '2000000'],
      2,
      "frame 2000000 is beyond Blender's last frame, 1048574",
    ],
    ['no frames', [], 2, '--frames is missing'],
    ['an unknown format', ['--frames', '1', '--format', 'PGN'], 2, 'unknown format "PGN": did you mean PNG?'],
    ['an unknown option', ['--frames', '1', '--fromat', 'PNG'], 2, "Unknown option '--fromat'"],
    ['an unknown engine', ['--frames', '1', '--engine', 'LUX'], 2, '--engine is "LUX"; one of CYCLES'],
    ['an unknown device', ['--frames', '1', '--device', 'TPU'], 2, '--device is "TPU"; one of CPU'],
    ['a strange resolution', ['--frames', '1', '--resolution', '480'], 2, '--resolution is "480"'],
    ['no samples', ['--frames', '1', '--samples', '0'], 2, '--samples is "0"; a whole number from 1'],
    ['a name outside the output', ['--frames', '1', '--name', '../x'], 2, '--name is "../x"'],
    ['a movie of scattered frames', ['--frames', '3,1', '--format', 'FFMPEG'], 2, 'FFMPEG makes one movie'],
    ['a missing scene', ['--frames', '1', '--scene', 'not.blend'], 1, 'scene not found: '],
    [
      'an output that cannot be written',
      ['--frames', '1', '--output-dir', '/proc/none'],
      1,
      'cannot write to the output folder /proc/none',
    ],
  ])('%s', async (_, args, code, line) => {
    using shop = new Workshop();
    const scene = ['--scene-dir', shop.folder, '--scene', 's.blend', '--output-dir', shop.path('out')];
    shop.scene('s.blend');
    const end = await shop.run('render-blender', [...scene, ...args]);
    expect(end.stderr).toContain(`render-blender: `);
    expect(end.stderr).toContain(line);
    expect(end.code).toBe(code);
    expect(shop.started()).toEqual([]);
  });

  test('a scene that Blender cannot read', async () => {
    using shop = new Workshop();
    const args = [
      '--scene',
      shop.scene('s.blend', 'junk'),
      '--output-dir',
      shop.path('out'),
      '--frames',
      '1',
    ];
    const { code, stdout } = await shop.run('render-blender', args);
    expect(code).toBe(1);
    expect(stdout).toContain('Blender said: Error: File format is not supported in file ');
  });

  test('a Blender that is not there', async () => {
    using shop = new Workshop();
    const args = ['--scene', shop.scene('s.blend'), '--output-dir', shop.path('out'), '--frames', '1'];
    const { code, stderr } = await shop.run('render-blender', args, { REBATCH_BLENDER: shop.path('none') });
    expect(code).toBe(1);
    expect(stderr).toContain(`cannot start Blender (${shop.path('none')})`);
  });

  test('an instance beyond the count', async () => {
    using shop = new Workshop();
    const { code, stderr } = await shop.run(
      'render-blender',
      ['--scene', 's', '--frames', '1'],
      instance(2, 2),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('this is instance 2 of 2; instances count from 0');
  });
});

test('render-blender --help says its options', async () => {
  using shop = new Workshop();
  const { code, stdout } = await shop.run('render-blender', ['--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('usage: render-blender --scene FILE --frames LIST');
});
