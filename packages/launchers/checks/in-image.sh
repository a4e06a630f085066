#!/bin/sh
# Holds the launchers against the real Blender. Runs inside the blender image (README.md tells how) or wherever `blender`
# is the front, `render-blender` the launcher and REBATCH_BLENDER the real one. Says each check; exits 1 if one fails.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
unset BATCH_COMPUTE_DAG_INSTANCE_ID BATCH_COMPUTE_DAG_INSTANCE_COUNT

# check NAME CODE TEXT COMMAND...: the command ends with CODE and prints a line that holds TEXT.
check() {
  name=$1 code=$2 text=$3
  shift 3
  "$@" >out.txt 2>&1
  got=$?
  if [ "$got" -eq "$code" ] && grep -qF -- "$text" out.txt; then
    echo "ok      $name"
  else
    echo "FAILED  $name: exit code $got instead of $code, or no line with: $text"
    sed 's/^/        /' out.txt | grep -v '^ *Fra:' | tail -n 12
    failed=1
  fi
}

files() { (cd "$1" && find . -type f | sort | tr '\n' ' '); }

# scene FILE PYTHON: the factory scene (denoising is on in it), small, with a change.
scene() {
  "${REBATCH_BLENDER:-/opt/rebatch/blender}" -b --factory-startup --python-expr "
import bpy
scene = bpy.context.scene
scene.render.engine = 'CYCLES'
scene.render.resolution_x, scene.render.resolution_y, scene.cycles.samples = 64, 36, 4
$2
bpy.ops.wm.save_as_mainfile(filepath='$work/$1')" >scene.txt 2>&1 || { cat scene.txt; exit 1; }
}

scene denoised.blend "pass"
scene plain.blend "scene.cycles.use_denoising = False"
scene blind.blend "bpy.data.objects.remove(scene.camera)"
scene keeping.blend "scene.render.use_overwrite = False"
scene naming.blend "scene.render.filepath, scene.cycles.use_denoising = '$work/named/##', False"
echo junk >junk.blend
head -c 300000 plain.blend >half.blend

launch() { render-blender --scene-dir "$work" "$@"; }

check "a scene with denoising on renders" 0 "denoising is off" \
  launch --scene denoised.blend --frames 1-2 --output-dir "$work/a"
check "each saved frame is a progress line" 0 "rebatch frame=5 state=saved file=0005.png seconds=" \
  launch --scene plain.blend --frames 5,1,-2,3 --output-dir "$work/b"
check "negative and scattered frames are there" 0 "./-0002.png ./0001.png ./0003.png ./0005.png" files b
check "a picture is written again although the scene would keep it" 0 "rebatch done saved=2 missing=0" \
  launch --scene keeping.blend --frames 1-2 --output-dir "$work/a"
check "resolution and samples reach Blender" 0 "rebatch frame=1 state=rendering sample=2/2" \
  launch --scene plain.blend --frames 1 --output-dir "$work/c" --resolution 32x16 --samples 2
check "a movie is one file named after its run" 0 "the movie is 0002-0006.avi" \
  launch --scene plain.blend --frames 2-6x2 --output-dir "$work/d" --format AVIJPEG --name '####.png'
check "FFMPEG makes a movie with its container's ending" 0 "the movie is k1-3.mpg" \
  launch --scene plain.blend --frames 1-3 --output-dir "$work/d" --format FFMPEG --name 'k#'
for format in TGA:tga RAWTGA:tga JPEG:jpg IRIS:rgb IRIZ:rgb PNG:png BMP:bmp WEBP:webp OPEN_EXR:exr \
  OPEN_EXR_MULTILAYER:exr TIFF:tif HDR:hdr JP2:jp2 DPX:dpx; do
  check "format ${format%:*}" 0 "state=saved file=${format%:*}-01.${format#*:}" \
    launch --scene plain.blend --frames 1 --output-dir "$work/e" --format "${format%:*}" --name "${format%:*}-##"
done
check "a scene that is no scene" 1 "Blender said: Error: File format is not supported in file" \
  launch --scene junk.blend --frames 1 --output-dir "$work/f"
check "half a scene" 1 "Blender said: Error: Failed to read blend file" \
  launch --scene half.blend --frames 1 --output-dir "$work/f"
check "a scene without a camera" 1 "Blender said: Error: Cannot render, no camera" \
  launch --scene blind.blend --frames 1-3 --output-dir "$work/f"
check "a device that is not there" 1 "Blender said: Error: Found no Cycles device of the specified type" \
  launch --scene plain.blend --frames 1 --output-dir "$work/f" --device CUDA

check "the front gives every frame of -f 1 2 3" 0 "Saved: '$work/g/0003.png'" \
  blender -b plain.blend -o "$work/g/####" -F PNG -f 1 2 3
check "the three pictures are there" 0 "./0001.png ./0002.png ./0003.png" files g
check "the front renders a scene with denoising on" 0 "Saved: " \
  blender -b denoised.blend -o "$work/h/####" -F PNG -f 1 2
check "the front fails for an unknown format" 1 "Blender said: Error: Format from '-F / --render-format' not known" \
  blender -b plain.blend -o "$work/h/####" -F PGN -f 1
check "the front fails for a scene that is not there" 1 "Error: Cannot read file" \
  blender -b none.blend -o "$work/h/####" -F PNG -f 1
check "the front leaves a scene's own names alone" 0 "Saved: '$work/named/07.png'" blender -b naming.blend -f 7
check "the front hands on what is no render" 0 "Blender 3." blender --version
check "the front hands on scripts" 0 "six" blender -b --factory-startup --python-expr "print('si' + 'x')"

exit $failed
