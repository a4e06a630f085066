"""Builds the demo's scene: a small floating island that turns once in its day. Frame 1 is 05:00, each frame is an hour later,
and frame 24 leads back to frame 1.

usage: blender -b --python make-scene.py -- OUT.blend

Everything is made of primitives and plain colours, so that Cycles renders a frame in about a second on two cores
without a denoiser (Debian's Blender has none).
"""

import math
import os
import sys

import bpy
from mathutils import Vector

# Blender does not look for modules beside the script that it runs.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

from hours import FRAMES, TURN, between, darkness, elevation, key, spin, srgb
from shapes import add, ball, box, cone, empty, gable, glow, paint, rock

# --- the island -----------------------------------------------------------------------------------------------------


def build_island():
    island = empty("island")
    spin(island, 2, 1, offset=math.radians(-40))
    grass = paint("grass", "7fb24d")
    meadow = paint("meadow", "98c65e")
    add("ground", cone(2.52, 2.62, 0.3, 26, -0.3), grass, island)
    add("meadow", cone(2.02, 1.98, 0.04, 22), meadow, island)
    add("earth", rock([(-0.28, 2.46), (-0.55, 2.2), (-1.0, 1.55), (-1.55, 1.0), (-2.15, 0.45), (-2.5, 0.08)]), paint("earth", "8a6a54"), island)
    build_house(empty("house", island, (-0.75, -0.55, 0.04)))
    build_windmill(empty("windmill", island, (0.95, 0.75, 0.04)))
    build_pond(empty("pond", island, (0.95, -1.05, 0.04)))
    build_woods(island)
    return island


def build_house(place):
    place.rotation_euler[2] = math.radians(20)
    wall, roof, wood = paint("wall", "f3e6cf"), paint("roof", "d2573f"), paint("wood", "7a5236")
    window = glow("window", "ffb648", 0.0, 7.0)
    add("body", box(1.0, 1.3, 0.7), wall, place)
    add("roof", gable(0.66, 0.78, 0.62, 0.68), roof, place)
    add("gables", gable(0.5, 0.651, 0.5, 0.7), wall, place)
    add("chimney", box(0.18, 0.18, 0.6, (0.3, 0.3, 0.85)), paint("brick", "a8503f"), place)
    add("door", box(0.26, 0.04, 0.46, (0.0, -0.66, 0)), wood, place)
    for x in (-0.32, 0.32):
        add("window", box(0.2, 0.04, 0.22, (x, -0.66, 0.3)), window, place)
        add("window", box(0.2, 0.04, 0.22, (x, 0.66, 0.3)), window, place)
    for y in (-0.3, 0.3):
        add("window", box(0.04, 0.22, 0.24, (0.51, y, 0.28)), window, place)
        add("window", box(0.04, 0.22, 0.24, (-0.51, y, 0.28)), window, place)
    lamp = bpy.data.lights.new("porch", "POINT")
    lamp.color, lamp.shadow_soft_size = srgb("ffb25a")[:3], 0.15
    key(lamp, "energy", lambda hour: 20 * darkness(hour))
    thing = bpy.data.objects.new("porch", lamp)
    thing.parent, thing.location = place, (0.25, -1.1, 0.55)
    bpy.context.collection.objects.link(thing)
    stone = paint("stone", "d9cdb8")
    for i in range(5):
        add("step", cone(0.13, 0.12, 0.03, 7), stone, place, (0.06 * math.sin(i * 2), -0.86 - 0.24 * i, 0.0), i)


def build_windmill(place):
    tower, cap = paint("tower", "f6efe2"), paint("cap", "3f6f8f")
    add("tower", cone(0.44, 0.27, 1.5, 10), tower, place)
    add("band", cone(0.46, 0.44, 0.16, 10), paint("band", "c9b38f"), place)
    add("cap", cone(0.34, 0.04, 0.38, 10, 1.5), cap, place)
    add("light", box(0.13, 0.76, 0.2, (0.0, 0.0, 0.6)), glow("lantern", "ffc25e", 0.0, 5.0), place)
    hub = empty("hub", place, (0.0, -0.42, 1.5))
    spin(hub, 1, 2, offset=0.3)
    add("axle", box(0.1, 0.22, 0.1, (0, 0.05, -0.05)), paint("axle", "5a4634"), hub)
    sail, spar = paint("sail", "fff7e6"), paint("spar", "6b4e37")
    for i in range(4):
        arm = empty("arm", hub)
        arm.rotation_euler[1] = i * TURN / 4
        add("spar", box(0.05, 0.05, 1.12), spar, arm)
        add("sail", box(0.24, 0.025, 0.82, (0.14, 0, 0.28)), sail, arm)


def build_pond(place):
    add("shore", cone(0.66, 0.63, 0.025, 14), paint("shore", "d8c79a"), place)
    add("water", cone(0.55, 0.55, 0.035, 14), paint("water", "3f9fc4", roughness=0.18, specular=0.6), place)


def build_woods(island):
    trunk = paint("trunk", "6d4a32")
    greens = [paint(f"needles {code}", code) for code in ("2f7d57", "3c8f5d", "57a35a")]
    places = [(-1.7, 1.0, 0.9), (-1.25, 1.6, 0.7), (-0.6, 1.9, 0.85), (-0.75, 1.15, 0.65), (0.0, 1.5, 0.6), (2.05, -0.15, 0.85),
              (1.8, 0.4, 0.6), (-2.1, 0.25, 0.75), (-1.95, -0.95, 0.6), (0.15, -2.1, 0.5), (1.65, 1.45, 0.7), (0.55, 2.1, 0.6)]
    for i, (x, y, size) in enumerate(places):
        tree = empty("tree", island, (x, y, 0.0))
        tree.scale, tree.rotation_euler[2] = (size, size, size), i
        add("trunk", cone(0.09, 0.07, 0.35, 6), trunk, tree)
        for level in range(3):
            add("needles", cone(0.46 - 0.11 * level, 0.02, 0.6, 7, 0.26 + 0.32 * level), greens[i % 3], tree, turn=level)


def build_sky_things():
    white = paint("cloud", "ffffff", roughness=1.0)
    for radius, height, start, size, turns in ((4.0, -0.9, 0.5, 1.15, -1), (4.3, -1.3, 2.7, 1.0, -1), (4.4, -0.5, 4.7, 0.9, -1)):
        orbit = empty("wind")
        spin(orbit, 2, turns, offset=start)
        puffs = ((0, 0, 0, 0.42), (0, 0.45, -0.04, 0.32), (0, -0.46, -0.05, 0.3), (0.1, 0.2, 0.18, 0.3), (0, 0.78, -0.1, 0.18))
        for x, y, z, r in puffs:
            add("puff", ball(r * size, 3, squash=0.8), white, orbit, (radius + x, y * size, height + z * size), smooth=True)

    orbit = empty("flight")
    spin(orbit, 2, 1, offset=math.radians(200))
    balloon = empty("balloon", orbit, (3.0, 0, 1.7))
    key(balloon, "location", lambda hour: Vector((3.0, 0, 1.7 + 0.18 * math.sin(hour / 24 * TURN * 2))))
    envelope = add("envelope", balloon_shape, paint("red", "e2574c"), balloon, smooth=True)
    for code in ("fff2d6", "3c7fa6"):
        envelope.data.materials.append(paint(f"stripe {code}", code))
    for face in envelope.data.polygons:
        face.material_index = (0, 1, 2, 1)[face.index % 4]
    add("basket", box(0.17, 0.17, 0.15, (0, 0, -0.78)), paint("wicker", "8b6239"), balloon)
    rope = paint("rope", "5b4630")
    for x, y in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        add("rope", box(0.012, 0.012, 0.34, (x * 0.075, y * 0.075, -0.68)), rope, balloon)


def balloon_shape(bm):
    """A surface of revolution with sixteen gores; faces come gore by gore in each ring."""
    profile = [(0.06, 0.52), (0.26, 0.47), (0.42, 0.34), (0.5, 0.14), (0.47, -0.06), (0.34, -0.27), (0.13, -0.44)]
    rings = [[bm.verts.new((r * math.cos(i / 16 * TURN), r * math.sin(i / 16 * TURN), z)) for i in range(16)] for r, z in profile]
    for upper, lower in zip(rings, rings[1:]):
        for i in range(16):
            bm.faces.new((upper[i], lower[i], lower[(i + 1) % 16], upper[(i + 1) % 16]))
    bm.faces.new(rings[0])


# --- light and camera -----------------------------------------------------------------------------------------------

ZENITH = [(0, "0b1433"), (4, "16224f"), (5, "3d4a86"), (6, "6f8fc4"), (9, "4f9bd9"), (12, "3f93dc"), (16, "5aa0d8"), (18, "6a78b8"), (19, "4a4a8c"), (20, "1e2656"), (22, "0d1638")]
HORIZON = [(0, "1c2c5c"), (4, "3a3a70"), (5, "e58a7a"), (6, "ffc79a"), (9, "b4dcf2"), (12, "b9e0f5"), (16, "ffe6b8"), (18, "ff9d5c"), (19, "e0607a"), (20, "5a3f7c"), (22, "22305f")]
SUNLIGHT = [(5, "ff9a6a"), (7, "ffc58a"), (10, "fff0d8"), (14, "fff0d8"), (17, "ffb066"), (19, "ff7048")]


def build_sky():
    """A sky that the camera sees as a gradient with stars, and that lights things with one even colour (which is free of noise)."""
    world = bpy.data.worlds.new("sky")
    bpy.context.scene.world = world
    world.use_nodes = True
    tree = world.node_tree
    tree.nodes.clear()

    def node(kind, **values):
        made = tree.nodes.new(kind)
        for name, value in values.items():
            setattr(made, name, value)
        return made

    window = node("ShaderNodeTexCoord")
    split = node("ShaderNodeSeparateXYZ")
    ramp = node("ShaderNodeValToRGB")
    tree.links.new(window.outputs["Window"], split.inputs[0])
    tree.links.new(split.outputs["Y"], ramp.inputs[0])
    low, high = ramp.color_ramp.elements
    low.position, high.position = 0.12, 0.95
    key(low, "color", lambda hour: between(HORIZON, hour))
    key(high, "color", lambda hour: between(ZENITH, hour))

    cells = node("ShaderNodeTexVoronoi", voronoi_dimensions="2D")
    cells.inputs["Scale"].default_value = 26
    tree.links.new(window.outputs["Window"], cells.inputs["Vector"])
    near = node("ShaderNodeMath", operation="LESS_THAN")
    near.inputs[1].default_value = 0.055
    tree.links.new(cells.outputs["Distance"], near.inputs[0])
    # Every cell has a random colour: its red, raised to a high power, makes a few stars bright and most of them faint.
    bright = node("ShaderNodeSeparateRGB")
    tree.links.new(cells.outputs["Color"], bright.inputs[0])
    faint = node("ShaderNodeMath", operation="POWER")
    tree.links.new(bright.outputs["R"], faint.inputs[0])
    faint.inputs[1].default_value = 5
    lit = node("ShaderNodeMath", operation="MULTIPLY")
    tree.links.new(near.outputs[0], lit.inputs[0])
    tree.links.new(faint.outputs[0], lit.inputs[1])
    stars = node("ShaderNodeMath", operation="MULTIPLY")
    tree.links.new(lit.outputs[0], stars.inputs[0])
    key(stars.inputs[1], "default_value", lambda hour: 1.6 * max(0.0, darkness(hour) - 0.6))
    seen = node("ShaderNodeMixRGB", blend_type="ADD")
    seen.inputs["Fac"].default_value = 1
    tree.links.new(ramp.outputs[0], seen.inputs[1])
    tree.links.new(stars.outputs[0], seen.inputs[2])

    backdrop, ambient, mix = node("ShaderNodeBackground"), node("ShaderNodeBackground"), node("ShaderNodeMixShader")
    tree.links.new(seen.outputs[0], backdrop.inputs["Color"])
    key(ambient.inputs["Color"], "default_value", lambda hour: between(ZENITH, hour))
    key(ambient.inputs["Strength"], "default_value", lambda hour: 0.7 + 0.5 * darkness(hour))
    rays = node("ShaderNodeLightPath")
    tree.links.new(rays.outputs["Is Camera Ray"], mix.inputs[0])
    tree.links.new(ambient.outputs[0], mix.inputs[1])
    tree.links.new(backdrop.outputs[0], mix.inputs[2])
    tree.links.new(mix.outputs[0], node("ShaderNodeOutputWorld").inputs[0])


def build_lights():
    sun = bpy.data.lights.new("sun", "SUN")
    sun.angle = math.radians(4)
    key(sun, "energy", lambda hour: 3.2 * max(0.0, elevation(hour) + 0.12) ** 0.6)
    key(sun, "color", lambda hour: between(SUNLIGHT, hour)[:3] if 5 <= hour <= 19 else srgb("ff7048")[:3])
    thing = bpy.data.objects.new("sun", sun)
    bpy.context.collection.objects.link(thing)

    def direction(hour):
        # From the camera's left in the morning to its right in the evening, a little before the island at noon.
        along = math.pi * min(1.0, max(0.0, (hour - 5) / 14)) if 5 <= hour <= 19 else 0.0
        towards = Vector((math.cos(along) * -1.0, -0.75, 0.35 + 0.9 * max(0.0, elevation(hour))))
        return towards.to_track_quat("Z", "Y").to_euler()

    key(thing, "rotation_euler", direction)

    moon = bpy.data.lights.new("moon", "SUN")
    moon.angle, moon.color = math.radians(3), srgb("9fb8ff")[:3]
    key(moon, "energy", lambda hour: 0.75 * darkness(hour))
    thing = bpy.data.objects.new("moon", moon)
    thing.rotation_euler = Vector((0.6, -0.5, 0.9)).to_track_quat("Z", "Y").to_euler()
    bpy.context.collection.objects.link(thing)


def build_camera():
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    camera.location = (0, -12.2, 4.9)
    target = Vector((0, 0, 0.22))
    camera.rotation_euler = (camera.location - target).to_track_quat("Z", "Y").to_euler()
    camera.data.lens = 50
    bpy.context.collection.objects.link(camera)
    bpy.context.scene.camera = camera


def set_render_options():
    scene = bpy.context.scene
    scene.frame_start, scene.frame_end = 1, FRAMES
    render = scene.render
    render.engine = "CYCLES"
    render.resolution_x, render.resolution_y, render.resolution_percentage = 480, 270, 100
    render.fps = 12
    render.use_persistent_data = True
    render.image_settings.file_format = "PNG"
    render.image_settings.color_mode = "RGB"
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = "Medium High Contrast"
    scene.view_settings.exposure = 0.35
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.samples = 48
    cycles.use_adaptive_sampling = True
    cycles.adaptive_threshold = 0.02
    cycles.adaptive_min_samples = 12
    cycles.use_denoising = False
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 1, 0, 1
    cycles.caustics_reflective = cycles.caustics_refractive = False
    # Weighing every light in full costs a little and takes the stray dots away that a dim lamp else leaves.
    cycles.light_sampling_threshold = 0.0


def main():
    if "--" not in sys.argv or len(sys.argv) != sys.argv.index("--") + 2:
        sys.exit("usage: blender -b --python make-scene.py -- OUT.blend")
    output = os.path.abspath(sys.argv[-1])
    bpy.ops.wm.read_factory_settings(use_empty=True)
    build_sky()
    build_lights()
    build_camera()
    build_island()
    build_sky_things()
    set_render_options()
    bpy.ops.wm.save_as_mainfile(filepath=output, compress=True)


main()
