"""Makes a small animation that renders in well under a second a frame: `blender -b --python tiny.py -- OUT.blend SAMPLES`.

Denoising stays on, as in every new scene of an artist.
"""
import math
import sys

import bpy

out, samples = sys.argv[sys.argv.index("--") + 1:]
bpy.ops.wm.read_factory_settings(use_empty=True)
scene = bpy.context.scene

bpy.ops.mesh.primitive_monkey_add()
head = bpy.context.object
head.keyframe_insert("rotation_euler", frame=1)
head.rotation_euler = (0, 0, 2 * math.pi)
head.keyframe_insert("rotation_euler", frame=25)
bpy.ops.object.light_add(type="SUN", rotation=(0.8, 0.2, 0.4))
bpy.context.object.data.energy = 4
bpy.ops.object.camera_add(location=(0, -5, 1.2), rotation=(math.radians(78), 0, 0))
scene.camera = bpy.context.object

scene.render.engine = "CYCLES"
scene.cycles.samples = int(samples)
scene.cycles.use_denoising = True
scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 96, 54, 100
scene.frame_start, scene.frame_end = 1, 24
bpy.ops.wm.save_as_mainfile(filepath=out)
