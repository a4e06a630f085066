import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { SCENE_SETUP, SETUP_VARIABLE } from './scene-setup.ts';

/** The few attributes of Blender's modules that the setup touches; checks/in-image.sh runs it in the real one. */
const BLENDER_MODULES = `
import json, os, sys, types
space = types.SimpleNamespace
render = space(resolution_x=1, resolution_y=1, resolution_percentage=50, engine=os.environ['ENGINE'])
scene = space(render=render, cycles=space(samples=1, use_denoising=True), eevee=space(taa_render_samples=1))
sys.modules['bpy'] = space(context=space(scene=scene))
sys.modules['_cycles'] = space(with_openimagedenoise=os.environ['DENOISER'] == 'yes')
exec(os.environ['SETUP'])
print(json.dumps([vars(render), vars(scene.cycles), scene.eevee.taa_render_samples]))
`;

function setUp(values: object, engine: string, denoiser: string): { notes: string[]; result: unknown } {
  const { stdout } = spawnSync('python3', ['-c', BLENDER_MODULES], {
    encoding: 'utf8',
    env: {
      ...process.env,
      ENGINE: engine,
      DENOISER: denoiser,
      SETUP: SCENE_SETUP,
      [SETUP_VARIABLE]: JSON.stringify(values),
    },
  });
  const lines = stdout.trimEnd().split('\n');
  return { notes: lines.slice(0, -1), result: JSON.parse(lines.at(-1) ?? '') };
}

test('denoising goes off, with a note, where Blender has no denoiser', () => {
  const { notes, result } = setUp({}, 'CYCLES', 'no');
  expect(notes).toEqual(['rebatch-setup: denoising is off, this Blender is built without a denoiser']);
  expect(result).toMatchObject([
    { resolution_x: 1, resolution_percentage: 50 },
    { use_denoising: false, samples: 1 },
    1,
  ]);
});

test('denoising stays where Blender has a denoiser', () => {
  const { notes, result } = setUp({}, 'CYCLES', 'yes');
  expect(notes).toEqual([]);
  expect(result).toMatchObject([{}, { use_denoising: true }, 1]);
});

test('resolution and samples are set for every engine', () => {
  const values = { resolution: [480, 270], samples: 8 };
  expect(setUp(values, 'BLENDER_EEVEE', 'no').result).toMatchObject([
    { resolution_x: 480, resolution_y: 270, resolution_percentage: 100 },
    { samples: 8, use_denoising: true },
    8,
  ]);
});
