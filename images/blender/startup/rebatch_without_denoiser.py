"""Loaded by Blender at every start: turns denoising off where this build has no denoiser.

New scenes have it on, and Debian's Blender renders all samples of such a frame and then fails without a picture
(spec/render.md section 3). Here rather than in a launcher, so that a plain `blender -b SCENE -f 1` gives its picture, too.
"""
import bpy
from bpy.app.handlers import persistent


@persistent
def denoising_off(*_):
    for scene in bpy.data.scenes:
        if scene.render.engine == "CYCLES" and scene.cycles.use_denoising:
            scene.cycles.use_denoising = False
            print("rebatch-setup: denoising is off, this Blender is built without a denoiser", flush=True)


def register():
    import _cycles
    if not _cycles.with_openimagedenoise:
        bpy.app.handlers.load_post.append(denoising_off)


def unregister():
    if denoising_off in bpy.app.handlers.load_post:
        bpy.app.handlers.load_post.remove(denoising_off)
