import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderCommand } from '../commands/render.ts';
import { Options } from '../options/options.ts';
import { missingFrames } from './missing-frames.ts';
import { readRenderRequest, type RenderRequest } from './render-request.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rebatch-renderer-'));
  for (const name of ['Light:ing.MAX', 'a.blend']) await writeFile(join(folder, name), 'a scene');
});
afterAll(() => rm(folder, { recursive: true }));

const read = (...argv: string[]): Promise<RenderRequest> =>
  readRenderRequest(new Options(renderCommand.options, ['--frames', '1-2', ...argv]), folder);

test('a .max scene is rendered by 3ds Max, under names that Windows has, too', async () => {
  const request = await read('Light:ing.MAX', '--camera', 'Cam 1');
  expect(request).toMatchObject({
    renderer: { app: '3dsmax' },
    sceneName: 'Light_ing.MAX',
    inputs: { output_name: 'Light_ing.png', camera: 'Cam 1' },
  });
  expect(missingFrames(request, ['Light_ing0001.png'])).toEqual([2]);
});

test('any other scene is Blender’s', async () => {
  const { renderer, inputs } = await read('a.blend', '--name', 'x/##.png');
  expect(renderer.app).toBe('blender');
  expect(inputs).toEqual({ format: 'PNG', output_name_format: 'x/##.png' });
});

test('the format decides the ending of 3ds Max’s pictures', async () => {
  const request = await read('Light:ing.MAX', '--format', 'JPEG', '--name', 'shot/test####.png');
  expect(request.inputs).toEqual({ output_name: 'shot/test.jpg' });
  expect(missingFrames(request, ['shot/test0001.jpg', 'shot/test0002.jpg'])).toEqual([]);
});

test.each([
  [['Light:ing.MAX', '--samples', '4'], '--samples means nothing to the App 3dsmax'],
  [['Light:ing.MAX', '--allow-scripts'], '--allow-scripts means nothing'],
  [['Light:ing.MAX', '--name', '####.png'], '--name for 3ds Max'],
  [['Light:ing.MAX', '--name', 'a##.png'], '--name for 3ds Max'],
  [['Light:ing.MAX', '--format', 'FFMPEG'], 'not movies'],
  [['Light:ing.MAX', '--camera', 'a"b'], '--camera must not hold quotes'],
  [['a.blend', '--camera', 'Cam'], '--camera means nothing to the App blender'],
])('says what is wrong with %j', async (argv, message) => {
  await expect(read(...argv)).rejects.toThrow(message);
});
