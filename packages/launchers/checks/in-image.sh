#!/bin/sh
# Holds the launchers against the real Blender. Runs inside the blender image (README.md tells how) or wherever `blender`
# is the front, `render-blender` the launcher and REBATCH_BLENDER the real one. Says each check; exits 1 if one fails.
# Where OSS_ENDPOINT, OSS_ACCESS_KEY_ID, OSS_ACCESS_KEY_SECRET name an object store with a bucket `films`, claims are checked, too.
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

# small FOLDER: the folders in it that have the small picture of frame 1.
small() { (cd "$1" && for picture in */.rebatch/thumbnails/1.jpg; do printf '%s ' "${picture%%/*}"; done); }

files() { (cd "$1" && find . -type f | sort | tr '\n' ' '); }

# The factory scene (denoising is on in it), small, with one change more each time.
"${REBATCH_BLENDER:-/opt/rebatch/blender}" -b --factory-startup --python-exit-code 1 --python-expr "
import bpy
scene = bpy.context.scene
def save(name):
    bpy.ops.wm.save_as_mainfile(filepath='$work/' + name + '.blend')
scene.render.engine = 'CYCLES'
scene.render.resolution_x, scene.render.resolution_y, scene.cycles.samples = 64, 36, 4
save('denoised')
scene.cycles.use_denoising = False
save('plain')
scene.render.use_overwrite = False
save('keeping')
scene.render.use_overwrite, scene.render.filepath = True, '$work/named/##'
save('naming')
bpy.data.objects.remove(scene.camera)
save('blind')" >scene.txt 2>&1 || { cat scene.txt; exit 1; }

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
    launch --scene plain.blend --frames 1 --output-dir "$work/e/${format%:*}" --format "${format%:*}" \
    --name "${format%:*}-##" --thumbnails
  mv out.txt "${format%:*}.txt"
done
check "frames of all formats that ffmpeg reads have small pictures" 0 \
  "BMP DPX IRIS IRIZ JP2 JPEG OPEN_EXR OPEN_EXR_MULTILAYER PNG RAWTGA TGA TIFF WEBP " small e
check "one that it does not read is a line" 0 "render-blender: no thumbnail of frame 1: " cat HDR.txt
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

# by_command FOLDER COMMAND: renders frames 1 and 4 with the command.
by_command() {
  render-command --scene "$work/plain.blend" --output-dir "$work/$1" --frames 1,4 --name '####.png' --thumbnails --command "$2"
}
told_memory() { grep -c 'state=saved file=.* seconds=.* memory=.*M$' drawn.txt; }
check "render-command renders each frame" 0 "rebatch done saved=2 missing=0" \
  by_command i 'blender -b "$SCENE_FILE" -o "$OUTPUT_LOCAL_DIR/####" -F PNG -f $FRAME >/dev/null'
mv out.txt drawn.txt
check "it tells how much memory each took" 0 "2" told_memory
check "a small picture fits 256 x 256" 0 "state=thumbnail file=.rebatch/thumbnails/4.jpg" \
  by_command j 'ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=s=640x360 -frames:v 1 $OUTPUT_FILE'
check "and has the shape of the frame" 0 "256x144" ffprobe -hide_banner j/.rebatch/thumbnails/4.jpg

# instance N: one of two that share ten frames, as the service starts them.
instance() {
  BATCH_COMPUTE_DAG_JOB_ID=job-check BATCH_COMPUTE_DAG_TASK_ID=render BATCH_COMPUTE_DAG_INSTANCE_COUNT=2 \
    BATCH_COMPUTE_DAG_INSTANCE_ID=$1 REBATCH_TASK="{\"attempt\":0,\"timeoutSeconds\":600,\"inputs\":[],\"outputs\":[
    {\"path\":\"$work/k$1/\",\"url\":\"oss://films/out/\"}]}" \
    launch --scene plain.blend --frames 1-10 --claim on --output-dir "$work/k$1/result" >"claims$1.txt" 2>&1
}
both() {
  instance 0 &
  first=$!
  instance 1 && wait $first
  code=$?
  cat claims0.txt claims1.txt
  sed -n 's/^rebatch frame=\([0-9]*\) state=saved .*/\1/p' claims0.txt claims1.txt | sort -n | tr '\n' ' '
  return $code
}
if [ -n "${OSS_ENDPOINT:-}" ]; then
  check "two instances claim frames, and render each once" 0 "1 2 3 4 5 6 7 8 9 10 " both
fi

exit $failed
