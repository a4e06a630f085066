#!/usr/bin/env bash
# Builds one image, rebatch/NAME:latest, and first its root when that is missing or old.
#
# usage: image.sh NAME HASH ROOTHASH      the hashes become labels, by which images.sh knows what is up to date
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

name=$1
hash=$2
root_hash=$3
# Where an image holds its bill of materials.
sbom=/usr/share/rebatch/sbom.spdx.json

id_of() { docker image inspect --format '{{.Id}}' "$1" 2>/dev/null || true; }

# forget ID REFERENCE: removes the image that REFERENCE named before; it would fill the disk unseen. One in use stays.
forget() {
  if [ -n "$1" ] && [ "$1" != "$(id_of "$2")" ]; then
    docker image rm "$1" || true
  fi
}

old_root=$(id_of "rebatch/$name:root")
old_image=$(id_of "rebatch/$name:latest")

has_root=$(docker image inspect --format '{{index .Config.Labels "dev.rebatch.root"}}' "rebatch/$name:root" 2>/dev/null || true)
if [ -f "images/$name/packages.txt" ] && [ "$has_root" != "$root_hash" ]; then
  scripts/image-root.sh "$name" "$root_hash"
fi

# The build context: the image's own files, the bundles of our programs that it wants, and what its build.sh makes.
context=.cache/images/$name
rm -rf "$context"
mkdir -p .cache/images
cp -R "images/$name" "$context"
if [ -f "$context/launchers.txt" ]; then
  scripts/ensure-node-modules.sh
  npm run --silent bundle --workspace @rebatch/launchers
  mkdir "$context/launchers"
  while read -r bundle; do
    cp "packages/launchers/dist/$bundle" "$context/launchers/"
  done <"$context/launchers.txt"
fi
if [ -f "$context/build.sh" ]; then
  "images/$name/build.sh" "$context"
fi

version=$(sed -n 's/.*"version": "\(.*\)".*/\1/p' packages/launchers/package.json)
# The commit that last changed what it is made from, so that the same sources give the same labels; none outside of git.
read -r revision created < <(TZ=UTC0 git log -1 --format='%H %cd' --date=format-local:%Y-%m-%dT%H:%M:%SZ -- \
  "images/$name" packages/launchers scripts/image.sh scripts/image-sbom.sh scripts/spdx-document.ts 2>/dev/null || true) || true
labels=(--label "dev.rebatch.image=$name" --label "dev.rebatch.source=$hash" --label "dev.rebatch.sbom=$sbom"
  --label "org.opencontainers.image.title=$(about "$name" title)"
  --label "org.opencontainers.image.licenses=$(about "$name" licenses)"
  --label "org.opencontainers.image.source=images/$name" --label "org.opencontainers.image.version=$version"
  --label "org.opencontainers.image.revision=${revision:-}" --label "org.opencontainers.image.created=${created:-}")
docker build -q --network none -t "rebatch/$name:unlisted" "${labels[@]}" "$context"

# The bill of materials says what is inside, so it comes last, as a layer of its own.
mkdir "$context/sbom"
scripts/image-sbom.sh "$name" "rebatch/$name:unlisted" >"$context/sbom/${sbom##*/}"
printf 'FROM rebatch/%s:unlisted\nCOPY sbom/ %s/\n' "$name" "${sbom%/*}" >"$context/sbom.Dockerfile"
docker build -q --network none -t "rebatch/$name:latest" -f "$context/sbom.Dockerfile" "$context"
docker image rm "rebatch/$name:unlisted" >/dev/null

forget "$old_image" "rebatch/$name:latest"
forget "$old_root" "rebatch/$name:root"
