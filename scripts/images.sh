#!/usr/bin/env bash
# Builds the worker images that are missing or whose sources changed; says one line for each that it built.
#
# usage: images.sh [NAME…]      all of images/ when no name is given
#
# push=REGISTRY   then pushes them as REGISTRY/NAME:VERSION and REGISTRY/NAME:latest, such as push=cr.example.com/studio;
#                 `docker login` comes first where that needs it
# only=NAME       as if it were given
#
# An image has two layers of work: rebatch/NAME:root (Debian and packages, slow, changes rarely; see image-root.sh) and
# rebatch/NAME:latest (files of ours on top, a second). Each carries a hash of what it was made from as a label.
# An image that stands on another of ours (FROM rebatch/OTHER:latest) has no root of its own.
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

push=${push:-}
if [ -n "$push" ] && ! [[ $push =~ ^[a-z0-9][a-z0-9.-]*(:[0-9]+)?(/[a-z0-9._-]+)*$ ]]; then
  die "push=$push is no registry; it looks like cr.example.com/studio"
fi

scripts/ensure-docker.sh
mkdir -p .cache/images

# Two builds at a time would do the work twice and trip over each other's tags.
exec 9>.cache/images/lock
flock 9

hash_of() { sha256sum "$@" | sha256sum | cut -c1-16; }

label_of() { docker image inspect --format "{{index .Config.Labels \"$2\"}}" "$1" 2>/dev/null || true; }

# base_of NAME: the image of ours that it stands on; nothing when it has a root of its own.
base_of() { sed -n 's|^FROM rebatch/\(.*\):latest$|\1|p' "images/$1/Dockerfile"; }

# root_hash NAME: of everything that decides what the root holds.
root_hash() {
  local base
  base=$(base_of "$1")
  if [ -n "$base" ]; then
    image_hash "$base"
    return
  fi
  local sources=(scripts/image-root.sh "images/$1/packages.txt")
  if [ -f "images/$1/root.sh" ]; then sources+=("images/$1/root.sh"); fi
  hash_of "${sources[@]}"
}

# Programs of ours that an image carries are bundled from these folders (images/NAME/launchers.txt names the bundles).
bundle_sources() {
  find packages/launchers packages/frames packages/model packages/oss/src/signatures \( -name node_modules -o -name dist \) -prune -o \
    -type f \( -name '*.ts' -o -name package.json \) ! -name '*.test.ts' -print
}

image_sources() {
  find "images/$1" -type f
  if [ -f "images/$1/launchers.txt" ]; then bundle_sources; fi
}

image_hash() {
  local sources
  mapfile -t sources < <(image_sources "$1" | LC_ALL=C sort)
  echo "$(root_hash "$1")-$(hash_of scripts/image.sh scripts/image-sbom.sh scripts/spdx-document.ts "${sources[@]}")"
}

# build_and_tell NAME HASH: the build's output goes to a log, which is shown when it fails.
build_and_tell() {
  local name=$1 hash=$2 log=.cache/images/$1.log start=$SECONDS bytes root
  root=$(root_hash "$name")
  printf '  rebatch/%-12s' "$name" >&2
  if ! scripts/image.sh "$name" "$hash" "$root" >"$log" 2>&1; then
    say 'failed:'
    tail -n 20 "$log" >&2
    die "image $name could not be built; the whole log is $log"
  fi
  bytes=$(docker image inspect --format '{{.Size}}' "rebatch/$name:latest")
  printf '%4d s %6d MB\n' $((SECONDS - start)) $((bytes / 1000000)) >&2
}

# within_budget NAME: an image that grew beyond what images/NAME/about.txt allows is an error, so that somebody looks at it.
within_budget() {
  local bytes budget
  bytes=$(docker image inspect --format '{{.Size}}' "rebatch/$1:latest")
  budget=$(about "$1" budget-mb)
  if [ $((bytes / 1000000)) -gt "$budget" ]; then
    die "image $1 has $((bytes / 1000000)) MB; images/$1/about.txt allows $budget"
  fi
}

# push_image NAME: the tags for the registry are gone afterwards.
push_image() {
  local version tag
  version=$(label_of "rebatch/$1:latest" org.opencontainers.image.version)
  for tag in "$version" latest; do
    docker tag "rebatch/$1:latest" "$push/$1:$tag"
    docker push -q "$push/$1:$tag" || die "$push/$1:$tag could not be pushed; does it need \"docker login\"?"
    docker image rm "$push/$1:$tag" >/dev/null
  done
}

names=("$@" ${only:+"$only"})
if [ "${#names[@]}" -eq 0 ]; then
  mapfile -t names < <(find images -mindepth 2 -maxdepth 2 -name Dockerfile -printf '%h\n' | sed 's|.*/||' | LC_ALL=C sort)
fi
changed=0

# bring NAME: builds it, and before it what it stands on, where that is missing or old.
bring() {
  local name=$1 base hash
  [ -f "images/$name/Dockerfile" ] || die "there is no image '$name' in images/"
  base=$(base_of "$name")
  if [ -n "$base" ]; then bring "$base"; fi
  hash=$(image_hash "$name")
  if [ "$(label_of "rebatch/$name:latest" dev.rebatch.source)" = "$hash" ]; then return; fi
  if [ "$changed" -eq 0 ]; then say 'Building worker images'; fi
  changed=$((changed + 1))
  build_and_tell "$name" "$hash"
}

for name in "${names[@]}"; do
  bring "$name"
  within_budget "$name"
done
if [ "$changed" -eq 0 ]; then say 'Worker images are up to date'; fi
if [ -n "$push" ]; then
  for name in "${names[@]}"; do push_image "$name"; done
fi
