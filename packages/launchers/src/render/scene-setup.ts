import type { RenderOptions } from './options.ts';

/** Name of the environment variable that carries the values to {@link SCENE_SETUP}. */
export const SETUP_VARIABLE = 'REBATCH_RENDER_SETUP';

/**
 * What Blender runs after the scene is loaded (`--python-expr`). The text is constant and the values come as JSON in the
 * environment, so nothing that a user wrote is ever read as Python. Lines that begin with `rebatch-setup: ` reach the log.
 *
 * - Denoising goes off where this build has no denoiser: Debian's Blender 3.4.1 renders all samples of the frame and then
 *   fails with `Error: Build without OpenImageDenoiser`, without a picture (spec/render.md §3).
 */
export const SCENE_SETUP = `
import bpy, json, os
setup = json.loads(os.environ['${SETUP_VARIABLE}'])
scene = bpy.context.scene
if 'resolution' in setup:
    scene.render.resolution_x, scene.render.resolution_y = setup['resolution']
    scene.render.resolution_percentage = 100
if 'samples' in setup:
    if hasattr(scene, 'cycles'):
        scene.cycles.samples = setup['samples']
    scene.eevee.taa_render_samples = setup['samples']
if scene.render.engine == 'CYCLES':
    import _cycles
    if scene.cycles.use_denoising and not _cycles.with_openimagedenoise:
        scene.cycles.use_denoising = False
        print('rebatch-setup: denoising is off, this Blender is built without a denoiser', flush=True)
`;

/** The values for {@link SCENE_SETUP}. */
export function sceneSetup(options: Pick<RenderOptions, 'resolution' | 'samples'>): string {
  return JSON.stringify({
    ...(options.resolution === undefined
      ? {}
      : { resolution: [options.resolution.width, options.resolution.height] }),
    ...(options.samples === undefined ? {} : { samples: options.samples }),
  });
}
