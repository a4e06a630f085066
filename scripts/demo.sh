#!/usr/bin/env bash
# Renders examples/turntable on this machine as a studio would on its farm: starts a Rebatch server on free ports, submits the
# scene through its API, and collects the pictures. Installs what is missing first. Everything lands in .cache/demo.
#
# FRAMES=1-24  INSTANCES=4      other frames, or another number of machines' worth of work
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

frames=${FRAMES:-1-24}
instances=${INSTANCES:-4}
demo=.cache/demo
scene=$demo/island.blend
image=rebatch/blender:latest

begun=$SECONDS
scripts/ensure-node-modules.sh
scripts/images.sh blender

# A second demo in the same folder would take the first one's server away from under it.
mkdir -p .cache
exec 8>.cache/demo.lock
flock --nonblock 8 || die 'a demo is running in this folder already'

# Each demo starts on an empty server, so that what it shows is this run.
rm -rf "$demo/data" "$demo/frames"
mkdir -p "$demo/frames"
# The command line finds the server and its key through the data folder.
export REBATCH_DATA=$PWD/$demo/data
export PATH=$PWD/node_modules/.bin:$PATH

if [ ! -f "$scene" ] || [ -n "$(find examples/turntable -name '*.py' -newer "$scene")" ]; then
  say 'Making the scene'
  docker run --rm --network none --user "$(id -u):$(id -g)" --env HOME=/tmp \
    --volume "$PWD/examples/turntable:/example:ro" --volume "$PWD/$demo:/demo" "$image" \
    sh -c '"$REBATCH_BLENDER" -b --python-exit-code 1 --python /example/make-scene.py -- /demo/island.blend' >"$demo/scene.log" 2>&1 ||
    { tail -n 5 "$demo/scene.log" >&2; die "the scene could not be made; the whole log is $demo/scene.log"; }
fi

stop_server() {
  local status=$? job=''
  trap - EXIT INT TERM
  if [ "$status" -ne 0 ]; then
    # The server leaves running programs to its next start on the same data, which does not come here.
    job=$(rebatch stop last 2>/dev/null | cut -d' ' -f1) || true
    say "The server's log is $demo/server.log"
  fi
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  if [ -n "$job" ]; then
    docker ps --all --quiet --filter "name=rebatch-$job" | xargs --no-run-if-empty docker rm --force >/dev/null
    say "Its job is stopped."
  fi
  exit "$status"
}
say 'Starting Rebatch'
# In a session of its own, so that an interrupt from the terminal finds it still there to stop the job.
setsid rebatch serve --api-port 0 --oss-port 0 --data "$REBATCH_DATA" >"$demo/server.out" 2>"$demo/server.log" </dev/null &
server=$!
trap stop_server EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
until grep -q '"ready":true' "$demo/server.out"; do
  kill -0 "$server" 2>/dev/null || { tail -n 5 "$demo/server.log" >&2; die 'the server did not start'; }
  sleep 0.05
done

rebatch render "$scene" --frames "$frames" --instances "$instances" --image "$image" --output "$demo/frames"

say ''
say "Done in $((SECONDS - begun)) s. The scene is $scene, the server's log $demo/server.log."
say "To look around: npx rebatch serve --data $demo/data"
