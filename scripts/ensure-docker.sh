#!/usr/bin/env bash
# Makes a Docker daemon answer: installs Docker from Debian where it is missing, and starts the daemon where none runs.
# Does nothing, quickly, when one answers.
#
# DOCKERD_FLAGS  more options for a daemon that this script starts in the background (words, no quoting)
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"

log=.cache/dockerd.log
export PATH="$PATH:/usr/sbin:/sbin"

answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# A daemon that runs but refuses this user is not cured by starting another one.
refuse_when_forbidden() {
  if docker version 2>&1 | grep -qi 'permission denied'; then
    die "Docker runs, but user '$(id -un)' may not use it: sudo usermod -aG docker $(id -un), then log in again"
  fi
}

# Without an init that does it, nobody has mounted the cgroup tree that containers need.
mount_cgroups() {
  if ! mountpoint -q /sys/fs/cgroup; then
    as_root mount -t cgroup2 cgroup2 /sys/fs/cgroup
  fi
}

# After a crash the pid file may name a process that is something else by now; dockerd would refuse to start.
drop_stale_pid_file() {
  local file=/var/run/docker.pid pid
  if [ -f "$file" ]; then
    pid=$(cat "$file")
    if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" != dockerd ]; then
      as_root rm -f "$file"
    fi
  fi
}

start_in_background() {
  mkdir -p .cache
  mount_cgroups
  drop_stale_pid_file
  local flags=()
  read -r -a flags <<<"${DOCKERD_FLAGS:-}"
  # The socket belongs to this user's group, so that the same user needs no root afterwards.
  "${sudo[@]}" setsid nohup dockerd --group "$(id -gn)" "${flags[@]}" </dev/null >"$log" 2>&1 &
  starter=$!
}

# Docker keeps a bridge that it finds. One without an address of its own takes that of its newest member, and containers lose the
# gateway for a while whenever another one comes or goes.
fix_bridge_address() {
  local bridge=/sys/class/net/docker0
  # 3: set by somebody, so it stays (Documentation/ABI/testing/sysfs-class-net).
  if [ -d "$bridge" ] && have ip && [ "$(cat "$bridge/addr_assign_type")" -ne 3 ]; then
    as_root ip link set docker0 address 02:42:ac:11:00:01
  fi
}

start() {
  starter=
  if [ -d /run/systemd/system ]; then
    as_root systemctl start docker || die "systemd could not start Docker: systemctl status docker"
  else
    say "Starting the Docker daemon (log: $log)"
    start_in_background
  fi
}

# A daemon is up within a second or two; a first start on a slow disk may take much longer.
wait_until_it_answers() {
  local deadline=$((SECONDS + 60))
  until answers; do
    refuse_when_forbidden
    if [ -n "$starter" ] && ! kill -0 "$starter" 2>/dev/null; then
      tail -n 5 "$log" >&2
      die "the Docker daemon ended at once; the lines above are from $log"
    fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      die "the Docker daemon does not answer after 60 s; see $log or: systemctl status docker"
    fi
    sleep 0.2
  done
}

if have docker && answers; then
  exit 0
fi
if [ -n "${DOCKER_HOST:-}" ] && [ -z "${DOCKERD_FLAGS:-}" ]; then
  die "DOCKER_HOST is set to $DOCKER_HOST, but no Docker daemon answers there"
fi
# A `docker` command alone can be a client without a daemon.
if ! have docker || ! have dockerd; then
  install_packages docker.io iptables
fi
if ! answers; then
  refuse_when_forbidden
  start
  wait_until_it_answers
  fix_bridge_address
fi
say "Docker $(docker version --format '{{.Server.Version}}') answers"
