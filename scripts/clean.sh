#!/usr/bin/env bash
# Removes what Rebatch made in this folder, and the containers and networks that carry its label.
#
# images=1   the worker images too (`make clean images=1`); they take minutes to build again
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

# remove NOUN LIST-COMMAND… -- REMOVE-COMMAND…: removes what the first command lists, and says how many that were.
remove() {
  local noun=$1 list=() found
  shift
  while [ "$1" != -- ]; do list+=("$1") && shift; done
  shift
  mapfile -t found < <("${list[@]}" | sort -u)
  if [ "${#found[@]}" -gt 0 ]; then
    "$@" "${found[@]}" >/dev/null
    say "Removed ${#found[@]} $noun"
  fi
}

if have docker && docker version >/dev/null 2>&1; then
  remove containers docker ps --all --quiet --filter label=dev.rebatch.attempt -- docker rm --force
  remove machines docker ps --all --quiet --filter label=dev.rebatch.node -- docker rm --force
  remove 'networks of clusters' docker network ls --quiet --filter label=dev.rebatch.cluster -- docker network rm
  remove networks docker network ls --quiet --filter label=dev.rebatch.network -- docker network rm
  if [ "${images:-}" = 1 ]; then
    remove images docker image ls --format '{{.Repository}}:{{.Tag}}' --filter label=dev.rebatch.root -- docker image rm --force
  fi
else
  say 'No Docker daemon answers: containers and images, if there are any, stay'
fi

# The log of a daemon that `make` started is in .cache too; the daemon goes on without it.
rm -rf .cache .turbo node_modules/.cache
find . \( -name node_modules -o -name .git \) -prune -o -type d \( -name dist -o -name .turbo -o -name __pycache__ \) -prune -exec rm -rf {} +
find . \( -name node_modules -o -name .git \) -prune -o -name '*.tsbuildinfo' -exec rm -f {} +
say 'Clean'
