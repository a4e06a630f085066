# Helpers that the other scripts source. Sourcing it moves to the repository's root.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# say TEXT…: a line for the person, on stderr so that stdout stays for results.
say() { printf '%s\n' "$*" >&2; }

# die TEXT…: say why and stop with 1 ("the thing failed", docs: exit codes).
die() {
  say "error: $*"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# What stands before a command that needs root. Without a terminal sudo must not ask for a password.
sudo=()
if [ "$(id -u)" -ne 0 ]; then
  sudo=(sudo)
  [ -t 0 ] || sudo=(sudo -n)
fi

# as_root COMMAND…: run it as root, or say what to do when that is not possible.
as_root() {
  [ "${#sudo[@]}" -eq 0 ] || have sudo || die "'$1' needs root, and sudo is not installed: run this as root"
  "${sudo[@]}" "$@"
}

# apt_get ARGS…: quiet and unattended. Another apt may be running, so it waits for the lock (at most 5 minutes).
apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null >&2
}

# install_packages NAME…: Debian packages, without recommended ones. Lists that are missing or too old are fetched once.
install_packages() {
  have apt-get || die "please install these first, this machine has no apt-get: $*"
  say "Installing from Debian: $*"
  if [ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -print -quit 2>/dev/null)" ]; then
    apt_get update
  fi
  apt_get install --no-install-recommends "$@" ||
    { apt_get update && apt_get install --no-install-recommends "$@"; } ||
    die "Debian packages could not be installed: $*"
}

# about NAME KEY: the values of a key in images/NAME/about.txt, one a line.
about() { sed -n "s/^$2: //p" "images/$1/about.txt"; }
