#!/bin/sh
# The entry point of the container image. Undoes what Docker and Podman mount over a container's /proc and control
# groups, some of it regardless of their options. This adds no rights: a container that may mount, as this one must,
# could do it at any time. If it may not, nothing changes, and the server says what is missing.
set -eu
while read -r _ place type _; do
  case $place:$type in
    # The kernel does not allow a sandbox's /proc to be mounted while parts of our own are covered.
    /proc/*) umount "$place" 2>/dev/null || true ;;
    # Needed to find out which disk a file is on, so that reading from it can be limited.
    /sys/dev/block:*) umount "$place" 2>/dev/null || true ;;
    *:cgroup | *:cgroup2) [ -w "$place" ] || mount -o remount,bind,rw "$place" 2>/dev/null || true ;;
  esac
done < /proc/self/mounts
exec "$@"
