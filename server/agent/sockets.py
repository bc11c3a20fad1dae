"""Bounds how many sockets there are in the container. What the kernel keeps for a connection before somebody accepts it, it
charges to nobody: 3 KiB each, thousands for each of a program's listeners. It has no limit for them, so the agent counts."""

import socket

MOST = 1024
CHECK_SECONDS = 0.1
COUNT = '/proc/net/sockstat'
"""Of this network namespace. A kernel of the container's own has no such file: there, all that it keeps is the container's memory."""


def collect():
    """Has the kernel look for sockets that only other sockets still hold, sent to one another: it does so when it makes or closes one,
    and without it they would outlive the processes that had them."""
    for end in socket.socketpair():
        end.close()


def are_too_many():
    """Whether there are more sockets in the container than anybody may have."""
    try:
        with open(COUNT) as file:
            return int(file.readline().split()[-1]) > MOST
    except FileNotFoundError:
        return False
