"""The day of the scene: what hour a frame shows, how high the sun stands, and how values follow the hours."""

import math

FRAMES = 24
FIRST_HOUR = 5
TURN = 2 * math.pi


def srgb(code):
    """Linear colour of a hex code such as 'e8b04a'."""
    channels = [int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels] + [1.0]


def hour_of(frame):
    return (FIRST_HOUR + frame - 1) % 24


def elevation(hour):
    """Height of the sun, -1 … 1; it rises at 5 and sets at 19."""
    return math.sin((hour - 5) / 14 * math.pi) if 5 <= hour <= 19 else -math.sin(((hour - 19) % 24) / 10 * math.pi)


def darkness(hour):
    """0 by day, 1 by night, in between while the sun is low."""
    return min(1.0, max(0.0, 0.5 - elevation(hour) * 2.2))


def key(owner, path, value_at):
    """Keys `owner.path` with value_at(hour) in every frame."""
    for frame in range(1, FRAMES + 1):
        setattr(owner, path, value_at(hour_of(frame)))
        owner.keyframe_insert(path, frame=frame)


def between(stops, hour):
    """The colour at `hour` among stops of (hour, hex code), around the clock."""
    around = [(h - 24, c) for h, c in stops[-1:]] + stops + [(h + 24, c) for h, c in stops[:1]]
    for (h0, c0), (h1, c1) in zip(around, around[1:]):
        if h0 <= hour <= h1:
            t = (hour - h0) / (h1 - h0)
            return [a + (b - a) * t for a, b in zip(srgb(c0), srgb(c1))]
    raise ValueError(f"no stop around hour {hour}")


def spin(thing, axis, turns, offset=0.0):
    """Turns `thing` about its own axis, evenly and so that the last frame leads into the first."""
    thing.rotation_euler[axis] = offset
    thing.keyframe_insert("rotation_euler", index=axis, frame=1)
    thing.rotation_euler[axis] = offset + turns * TURN
    thing.keyframe_insert("rotation_euler", index=axis, frame=FRAMES + 1)
    for curve in thing.animation_data.action.fcurves:
        for point in curve.keyframe_points:
            point.interpolation = "LINEAR"
