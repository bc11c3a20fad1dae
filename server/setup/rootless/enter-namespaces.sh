#!/bin/sh
# enter-namespaces.sh UIDS COUNT GIDS COUNT PROGRAM [ARGUMENT…]
#
# Runs the program as root of a new user namespace and mount namespace. In it, 0 is the user; 65534 (nobody, which
# PostgreSQL runs as in tests) and the ids from 1000000 on are the user's subordinate ids. This is a shell script,
# because Node can neither enter a namespace nor execute another program in its place.
set -eu
uids=$1 uid_count=$2 gids=$3 gid_count=$4
shift 4
pid=$$ mine=$(readlink /proc/self/ns/user) uid=$(id -u) gid=$(id -g)
# The ids can be mapped only from outside, and only after the namespace exists. The inner subshell does that; the outer
# one ends at once, so that the program does not inherit a child.
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
