#!/bin/sh
# The entry of the container image. Undoes what Docker and Podman mount over a container's /proc and control groups,
# each in its own way, and some of it whatever their options are. A container that may mount, as this one must, could
# do so at any time. Where it may not, nothing changes, and the server says what it lacks.
set -eu
while read -r _ place type _; do
  case $place:$type in
    # The kernel lets nobody mount a /proc for a sandbox while parts of their own are covered.
    /proc/*) umount "$place" 2>/dev/null || true ;;
    # It tells on which disk a file lies, so that reading from it can be limited.
    /sys/dev/block:*) umount "$place" 2>/dev/null || true ;;
    *:cgroup | *:cgroup2) [ -w "$place" ] || mount -o remount,bind,rw "$place" 2>/dev/null || true ;;
  esac
done < /proc/self/mounts
exec "$@"
