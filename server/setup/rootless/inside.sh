#!/bin/sh
# Runs in the new namespaces, at first without an id. Waits for one, so that the program starts as their root.
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
# A place that all ids can reach, as they cannot a home. It is memory, and ends with the namespace.
# server/oci/runtime-directory.ts knows it by its source.
mount -t tmpfs -o mode=755,size=512m,nr_inodes=64k,nosuid,nodev bankrun /run/user
exec "$@"
