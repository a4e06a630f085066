#!/usr/bin/env bash
# Makes the root file system of one image: Debian 12 with the packages of images/NAME/packages.txt, then images/NAME/root.sh
# run inside, when there is one. The result is tagged rebatch/NAME:root.
#
# usage: image-root.sh NAME HASH       HASH becomes the label that tells whether it is still right
#
# REBATCH_IMAGES_FROM  registry: on the registry's debian:bookworm-slim, packages installed in a container
#                      mirror:   mmdebstrap on this machine and `docker import`; needs no registry
#                      unset:    the registry if it answers, else the mirror
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

name=$1
hash=$2
folder=images/$name
suite=bookworm
packages=$(sed 's/#.*//' "$folder/packages.txt" | xargs)

# Documentation and translations are of no use to a task; licences stay.
left_out=('/usr/share/doc/*' '/usr/share/man/*' '/usr/share/info/*' '/usr/share/locale/*' '/usr/share/lintian/*')
kept='/usr/share/doc/*/copyright'

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

from_registry() {
  docker image inspect "debian:$suite-slim" >/dev/null 2>&1 || docker pull -q "debian:$suite-slim" || return 1
  mkdir "$scratch/context"
  local context=$scratch/context
  printf 'path-exclude=%s\n' "${left_out[@]}" >"$context/dpkg.cfg"
  printf 'path-include=%s\n' "$kept" >>"$context/dpkg.cfg"
  if [ -f "$folder/root.sh" ]; then cp "$folder/root.sh" "$context/"; else echo ':' >"$context/root.sh"; fi
  cat >"$context/Dockerfile" <<END
FROM debian:$suite-slim
COPY dpkg.cfg /etc/dpkg/dpkg.cfg.d/zz-rebatch
COPY root.sh /tmp/root.sh
RUN apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages && sh /tmp/root.sh && rm -rf /tmp/root.sh /var/lib/apt/lists/* /var/cache/apt/*.bin
LABEL dev.rebatch.root=$hash
END
  # The host's network: it reaches the mirror whenever this machine does.
  docker build -q --network host -t "rebatch/$name:root" "$context"
}

# The sources of this machine's own Debian mirror, for the suite of the images. Nothing when apt knows no Debian mirror:
# mmdebstrap then asks Debian itself.
mirror_sources() {
  local signed="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
  apt-get indextargets --format "\$(LABEL) \$(REPO_URI)" 'Created-By: Packages' | sort -u |
    while read -r label uri; do
      case $label in
        Debian) printf 'deb %s %s %s main\n' "$signed" "$uri" "$suite" "$signed" "$uri" "$suite-updates" ;;
        Debian-Security) printf 'deb %s %s %s main\n' "$signed" "$uri" "$suite-security" ;;
      esac
    done
}

from_mirror() {
  have mmdebstrap || install_packages mmdebstrap
  if [ -z "$(mirror_sources)" ]; then apt_get update; fi
  mirror_sources >"$scratch/sources.list"
  # How this machine reaches its mirror (proxy, certificates, checks) holds for the new root while it is made.
  apt-config dump --format '%F "%v";%n' Acquire | grep -Ev '^Acquire::(IndexTargets|cdrom|Languages)' >"$scratch/apt.conf"
  echo 'Acquire::Languages "none";' >>"$scratch/apt.conf"

  local options=(--variant=minbase --mode=root --aptopt="$scratch/apt.conf" --dpkgopt=force-unsafe-io)
  local pattern
  for pattern in "${left_out[@]}"; do options+=(--dpkgopt="path-exclude=$pattern"); done
  options+=(--dpkgopt="path-include=$kept" --include="${packages// /,}")
  if [ -f "$folder/root.sh" ]; then
    options+=("--customize-hook=copy-in $folder/root.sh /tmp" "--customize-hook=chroot \"\$1\" sh /tmp/root.sh")
  fi
  options+=("--customize-hook=cd \"\$1\" && rm -rf tmp/root.sh etc/apt/apt.conf.d/99mmdebstrap etc/resolv.conf")
  local mirror=()
  if [ -s "$scratch/sources.list" ]; then mirror=("$scratch/sources.list"); fi
  as_root mmdebstrap "${options[@]}" "$suite" - "${mirror[@]}" |
    docker import --change "LABEL dev.rebatch.root=$hash" - "rebatch/$name:root"
}

case ${REBATCH_IMAGES_FROM:-} in
  registry) from_registry ;;
  mirror) from_mirror ;;
  '') from_registry || from_mirror ;;
  *) die "REBATCH_IMAGES_FROM must be registry or mirror" ;;
esac
