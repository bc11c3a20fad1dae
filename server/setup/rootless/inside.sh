#!/bin/sh
# Runs in the new namespaces. Waits until the ids are mapped, so that the program starts as root.
set -eu
tries=0
until [ "$(id -u):$(id -g)" = 0:0 ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 1000 ] || {
    echo 'Your user ids were not mapped to sandboxes: newuidmap and newgidmap took too long.' >&2
    exit 1
  }
  sleep 0.02
done
# A folder that all ids can reach, unlike a home folder. It is in memory and disappears with the namespace.
# server/oci/runtime-directory.ts recognises it by its source.
mount -t tmpfs -o mode=755,size=512m,nr_inodes=64k,nosuid,nodev bankrun /run/user
exec "$@"
