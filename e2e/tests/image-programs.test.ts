import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CACHE } from '../support/paths.ts';
import { readPng } from '../support/png.ts';
import { type RunResult, run, runOk } from '../support/run.ts';

const IMAGE = 'rebatch/blender:latest';
let folder: string;

beforeAll(async () => {
  await mkdir(CACHE, { recursive: true });
  folder = await mkdtemp(join(CACHE, 'image-programs-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a program of the image on the folder as the caller's own user, as `rebatch render` does. */
function inImage(...program: string[]): Promise<RunResult> {
  return run('docker', [
    'run',
    '--rm',
    '--network',
    'none',
    ...asCaller(),
    '-v',
    `${folder}:/frames`,
    IMAGE,
    ...program,
  ]);
}

function asCaller(): string[] {
  return ['--user', `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`, '--env', 'HOME=/tmp'];
}

/** One grey of 64×36 for each of the numbers, lighter as they go, named shot2_N.png without leading zeros. */
async function makeFrames(name: string, numbers: number[]): Promise<void> {
  await mkdir(join(folder, name));
  const draw = numbers.map((number, index) => {
    const grey = Math.round((255 * index) / numbers.length)
      .toString(16)
      .padStart(2, '0');
    const source = `color=c=0x${grey.repeat(3)}:s=64x36`;
    return `ffmpeg -v error -f lavfi -i ${source} -frames:v 1 /frames/${name}/shot2_${number}.png`;
  });
  const made = await inImage('sh', '-ec', draw.join('\n'));
  expect(made).toMatchObject({ code: 0, stderr: '' });
}

/** Renders Blender's default cube at 64×36 with the engine. */
function renderCube(engine: string): string {
  return [
    'import bpy',
    's = bpy.context.scene',
    `s.render.engine = '${engine}'`,
    's.render.resolution_x, s.render.resolution_y, s.render.resolution_percentage = 64, 36, 100',
    's.cycles.samples, s.eevee.taa_render_samples, s.cycles.use_denoising = 1, 1, False',
    `s.render.filepath = '/frames/${engine}.png'`,
    'bpy.ops.render.render(write_still=True)',
  ].join('\n');
}

describe('a contact sheet', () => {
  test('lays 24 pictures out in rows without a hole, whatever lay in its place', async () => {
    await makeFrames(
      'sheet',
      Array.from({ length: 24 }, (_, index) => index + 1),
    );
    const command = ['contact-sheet', '/frames/sheet', '/frames/sheet/contact-sheet.png', '--width', '480'];
    expect(await inImage(...command)).toMatchObject({ code: 0, stderr: '' });
    const first = readPng(await readFile(join(folder, 'sheet/contact-sheet.png')));
    // Six columns of 72 pixels with gaps of 6; four rows of 40 pixels.
    expect(first).toMatchObject({ width: 6 * 72 + 7 * 6, height: 4 * 40 + 5 * 6 });
    expect(await inImage(...command)).toMatchObject({ code: 0, stderr: '' });
    expect(readPng(await readFile(join(folder, 'sheet/contact-sheet.png')))).toEqual(first);
    expect((await readdir(join(folder, 'sheet'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('of a folder without pictures is refused in one line', async () => {
    await mkdir(join(folder, 'nothing'));
    const refused = await inImage('contact-sheet', '/frames/nothing', '/frames/nothing.png');
    expect(refused).toMatchObject({
      code: 1,
      stderr: 'contact-sheet: there are no pictures in /frames/nothing\n',
    });
    expect(await readdir(folder)).not.toContain('nothing.png');
  });
});

describe('a movie', () => {
  test('shows pictures by the number in their name, one after the other', async () => {
    await makeFrames('movie', [1, 2, 10, 11]);
    expect(await inImage('movie', '/frames/movie', '/frames/movie.mp4', '--fps', '12')).toMatchObject({
      code: 0,
    });
    const probe =
      'ffprobe -v error -count_frames -show_entries stream=codec_name,width,height,r_frame_rate,nb_read_frames';
    const shape = await inImage('sh', '-c', `${probe} -of csv=p=0 /frames/movie.mp4`);
    expect(shape.stdout.trim()).toBe('h264,64,36,12/1,4');
    const raw =
      'ffmpeg -v error -i /frames/movie.mp4 -f rawvideo -pix_fmt gray -vf scale=1:1 - | od -An -v -tu1 -w1';
    const greys = (await inImage('sh', '-c', raw)).stdout.trim().split(/\s+/).map(Number);
    expect(greys).toEqual(greys.toSorted((a, b) => a - b));
    expect(new Set(greys).size).toBe(4);
  });

  test('leaves a picture out that cannot be read, and says so', async () => {
    await makeFrames('broken', [1, 2, 3]);
    await writeFile(join(folder, 'broken/shot2_2.png'), 'not a picture');
    const made = await inImage('movie', '/frames/broken', '/frames/broken.mp4');
    expect(made.code).toBe(0);
    expect(made.stderr).not.toBe('');
  });

  test('that cannot be written is refused in one line', async () => {
    const refused = await inImage('movie', '/frames/movie', '/frames/no/such/folder.mp4');
    expect(refused).toMatchObject({ code: 1, stderr: 'movie: cannot write to /frames/no/such\n' });
  });
});

describe('the Blender of the image', () => {
  test.each(['CYCLES', 'BLENDER_EEVEE', 'BLENDER_WORKBENCH'])(
    'renders with %s and without a display',
    async (engine) => {
      const rendered = await inImage(
        '/opt/rebatch/blender',
        '-b',
        '--python-exit-code',
        '3',
        '--python-expr',
        renderCube(engine),
      );
      expect(rendered.code).toBe(0);
      expect(readPng(await readFile(join(folder, `${engine}.png`)))).toMatchObject({ width: 64, height: 36 });
    },
  );

  test('is found behind the front on the PATH that tasks get', async () => {
    const path = ['--env', 'PATH=/sbin:/usr/sbin:/bin:/usr/bin'];
    const said = await runOk('docker', [
      'run',
      '--rm',
      ...path,
      IMAGE,
      'sh',
      '-c',
      'command -v blender; blender --version; python --version',
    ]);
    expect(said).toMatch(/^(\/usr)?\/s?bin\/blender\n/);
    expect(said).toContain('Blender 3.4.1');
    expect(said).toContain('Python 3.');
  });
});
