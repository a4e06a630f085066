"""Things to build the scene from: plain materials, and meshes of primitives."""

import math
import random

import bmesh
import bpy
from hours import TURN, darkness, key, srgb
from mathutils import Matrix, Vector

GLOWING = set()
rng = random.Random(7)


def paint(name, code, roughness=0.9, specular=0.0):
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = srgb(code)
    shader.inputs["Roughness"].default_value = roughness
    shader.inputs["Specular"].default_value = specular
    return material


def glow(name, code, day, night):
    """Glass that shines with strength `night` after dark and `day` at noon, keyed by the hour."""
    material = paint(name, code)
    GLOWING.add(material.name)
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Emission"].default_value = srgb(code)
    material.cycles.sample_as_light = False
    key(shader.inputs["Emission Strength"], "default_value", lambda hour: day + (night - day) * darkness(hour))
    return material


def add(name, build, material, parent=None, at=(0, 0, 0), turn=0.0, smooth=False):
    """A mesh object whose geometry `build(bm)` makes, painted with `material`."""
    mesh = bpy.data.meshes.new(name)
    bm = bmesh.new()
    build(bm)
    for face in bm.faces:
        face.smooth = smooth
    bm.to_mesh(mesh)
    bm.free()
    thing = bpy.data.objects.new(name, mesh)
    mesh.materials.append(material)
    thing.parent = parent
    thing.location = at
    thing.rotation_euler[2] = turn
    # What glows is seen but lights nothing: so small a source would bring noise and no light worth having.
    thing.visible_diffuse = material.name not in GLOWING
    bpy.context.collection.objects.link(thing)
    return thing


def empty(name, parent=None, at=(0, 0, 0)):
    thing = bpy.data.objects.new(name, None)
    thing.parent = parent
    thing.location = at
    bpy.context.collection.objects.link(thing)
    return thing


def cone(bottom, top, height, sides=8, z=0.0):
    """Builds a cone or cylinder that stands on height z."""

    def build(bm):
        bmesh.ops.create_cone(
            bm, cap_ends=True, segments=sides, radius1=bottom, radius2=top, depth=height,
            matrix=Matrix.Translation((0, 0, z + height / 2)),
        )

    return build


def box(x, y, z, at=(0, 0, 0)):
    """Builds a box that stands on the point `at`."""

    def build(bm):
        bmesh.ops.create_cube(bm, size=1, matrix=Matrix.Translation(Vector(at) + Vector((0, 0, z / 2))) @ Matrix.Diagonal((x, y, z, 1)))

    return build


def ball(radius, detail=2, at=(0, 0, 0), squash=1.0):
    def build(bm):
        bmesh.ops.create_icosphere(
            bm, subdivisions=detail, radius=radius, matrix=Matrix.Translation(at) @ Matrix.Diagonal((1, 1, squash, 1))
        )

    return build


def gable(x, y, height, z):
    """Builds a roof: a prism whose ridge runs along y."""

    def build(bm):
        corners = [bm.verts.new(p) for p in (
            (-x, -y, z), (x, -y, z), (x, y, z), (-x, y, z), (0, -y, z + height), (0, y, z + height),
        )]
        for face in ((0, 1, 4), (2, 3, 5), (1, 2, 5, 4), (3, 0, 4, 5), (3, 2, 1, 0)):
            bm.faces.new([corners[i] for i in face])

    return build


def rock(rings):
    """Builds jagged rock from rings of (height, radius), from the top down to a point."""

    def build(bm):
        sides = 13
        loops = []
        for height, radius in rings:
            loops.append([
                bm.verts.new((
                    math.cos(i / sides * TURN) * radius * rng.uniform(0.86, 1.1),
                    math.sin(i / sides * TURN) * radius * rng.uniform(0.86, 1.1),
                    height + rng.uniform(-0.12, 0.12) * (height < 0),
                ))
                for i in range(sides)
            ])
        for upper, lower in zip(loops, loops[1:]):
            for i in range(sides):
                j = (i + 1) % sides
                bm.faces.new((upper[j], upper[i], lower[i], lower[j]))
        bm.faces.new(loops[0])
        bm.faces.new(reversed(loops[-1]))
        bmesh.ops.triangulate(bm, faces=[f for f in bm.faces if len(f.verts) == 4])

    return build
