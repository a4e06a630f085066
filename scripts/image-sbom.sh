#!/usr/bin/env bash
# Prints the bill of materials (SPDX 2.3, JSON) of an image: Debian's packages as dpkg lists them inside, the `part:` lines of
# images/NAME/about.txt, and our own files with their hashes (`files:`). What the image stands on is part of it.
#
# usage: image-sbom.sh NAME IMAGE
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

name=$1
image=$2
scripts/ensure-node-modules.sh

# layers NAME: the image and those of ours below it.
layers() {
  local base
  base=$(sed -n 's|^FROM rebatch/\(.*\):latest$|\1|p' "images/$1/Dockerfile")
  if [ -n "$base" ]; then layers "$base"; fi
  echo "$1"
}

parts=()
files=''
for layer in $(layers "$name"); do
  mapfile -t -O "${#parts[@]}" parts < <(about "$layer" part)
  files="$files $(about "$layer" files | xargs -d '\n')"
done

# shellcheck disable=SC2016
inside='dpkg-query -W -f "deb\t\${Package}\t\${Version}\t\${Architecture}\n"
find '$files' -type f -exec sha1sum {} + | sed "s/  */\t/;s/^/sha1\t/"
find '$files' -type f -exec sha256sum {} + | sed "s/  */\t/;s/^/sha256\t/"'
if [ -z "${files// /}" ]; then inside=${inside%%$'\n'*}; fi

{
  for part in "${parts[@]}"; do printf 'part\t%s\n' "${part/ /$'\t'}"; done
  docker run --rm --network none --label dev.rebatch.build="$name" "$image" sh -ec "$inside"
} | node_modules/.bin/node scripts/spdx-document.ts "$name" "$(about "$name" licenses)" \
  "$(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.version"}}' "$image")" \
  "$(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.created"}}' "$image")"
