#!/bin/sh
# Runs once inside the new root, after the packages are installed. The real Blender moves aside (spec/render.md §3), so that
# `blender` on the PATH of a task can be the front; dpkg keeps the diversion when the package is upgraded.
set -eu
mkdir -p /opt/rebatch
dpkg-divert --quiet --rename --divert /opt/rebatch/blender --add /usr/bin/blender
