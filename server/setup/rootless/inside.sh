#!/bin/sh
# In the new namespaces, at first without an id: waits for it, so that what is started then starts as their root.
set -eu
tries=0
until [ "$(id -u):$(id -g)" = 0:0 ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 1000 ] || { echo 'Your user ids were not mapped to sandboxes: newuidmap and newgidmap took too long.' >&2; exit 1; }
  sleep 0.02
done
# All ids can reach it, which they cannot a home; it is memory, and ends with us. server/oci/runtime-directory.ts knows it
# by its source.
mount -t tmpfs -o mode=755,size=512m,nr_inodes=64k,nosuid,nodev bankrun /run/user
exec "$@"
