#!/bin/sh
# enter-namespaces.sh UIDS COUNT GIDS COUNT PROGRAM [ARGUMENT…]
#
# Runs the program as root of a user namespace and a mount namespace of its own. There, 0 is the user; 65534 (nobody,
# whom PostgreSQL runs as in tests) and the ids from 1000000 on are the user's subordinate ones. It is a shell script
# because Node can neither enter a namespace nor become another program.
set -eu
uids=$1 uid_count=$2 gids=$3 gid_count=$4
shift 4
pid=$$ mine=$(readlink /proc/self/ns/user) uid=$(id -u) gid=$(id -g)
# The ids can be mapped only from outside, and only once the namespace exists. Started by a process that ends at once,
# so that none of ours is left to be reaped.
( (
  tries=0
  while [ "$(readlink "/proc/$pid/ns/user")" = "$mine" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 1000 ] || exit 1
    sleep 0.02
  done
  newuidmap "$pid" 0 "$uid" 1 65534 "$uids" 1 1000000 "$((uids + 1))" "$((uid_count - 1))" &&
    newgidmap "$pid" 0 "$gid" 1 65534 "$gids" 1 1000000 "$((gids + 1))" "$((gid_count - 1))" || kill "$pid"
) & )
exec unshare --user --mount sh "$(dirname "$0")/inside.sh" "$@"
