"""Finds the pictures of a folder in the order of their frame numbers, and hands them to ffmpeg."""

import os
import re
import subprocess
import sys
import tempfile

# Formats that Blender writes and ffmpeg reads.
SUFFIXES = (".png", ".jpg", ".jpeg", ".tga", ".bmp", ".webp", ".tif", ".tiff", ".exr", ".hdr")


def find_frames(folder, leave_out):
    """Paths of the pictures in `folder` by frame number (the last number of the name), then by name.

    `leave_out` is a path that is not a frame: the picture to be written, when it lies in the same folder.
    """
    names = [name for name in os.listdir(folder) if name.lower().endswith(SUFFIXES) and not name.startswith(".")]
    paths = [os.path.join(folder, name) for name in names]
    frames = [path for path in paths if os.path.abspath(path) != os.path.abspath(leave_out)]
    return sorted(frames, key=lambda path: (frame_number(path), path))


def frame_number(path):
    """The frame number in a file's name (`shot2_0012.png` → 12), -1 when it has none."""
    numbers = re.findall(r"\d+", os.path.splitext(os.path.basename(path))[0])
    return int(numbers[-1]) if numbers else -1


def ffmpeg(frames, fps, options, output):
    """Runs ffmpeg over `frames`, shown `fps` a second, into `output`. Exits with one line when ffmpeg fails.

    The file is written beside its final name and renamed, so that a failure leaves no half picture behind.
    """
    folder = os.path.dirname(output) or "."
    if not os.access(folder, os.W_OK):
        fail(f"cannot write to {folder}")
    part = os.path.join(folder, ".part-" + os.path.basename(output))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listing:
        listing.write("ffconcat version 1.0\n")
        for frame in frames:
            quoted = os.path.abspath(frame).replace("'", "'\\''")
            listing.write(f"file '{quoted}'\nduration {1 / fps}\n")
        listing.flush()
        command = ["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y"]
        command += ["-f", "concat", "-safe", "0", "-i", listing.name, *options, part]
        result = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    if result.returncode != 0 or not os.path.exists(part):
        if os.path.exists(part):
            os.remove(part)
        fail(result.stderr.strip().splitlines()[-1] if result.stderr.strip() else "ffmpeg failed")
    # A picture that cannot be read is left out; the others are still worth seeing.
    sys.stderr.write(result.stderr)
    os.replace(part, output)


def fail(message):
    """Ends the program with 1 and one line on stderr."""
    print(f"{os.path.basename(sys.argv[0])}: {message}", file=sys.stderr)
    sys.exit(1)
