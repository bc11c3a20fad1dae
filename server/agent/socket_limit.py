"""Bounds how many sockets there are in the container.

What the kernel keeps for a connection before somebody accepts it, it charges to nobody: 3 KiB each, thousands for each
of a program's listeners. It has no limit for them, so the agent counts.
"""

from __future__ import annotations

import socket

MAX_SOCKETS = 1024
CHECK_SECONDS = 0.1
# Of this network namespace. A kernel of the container's own has no such file, and keeps all of it in the container's
# memory.
COUNT = '/proc/net/sockstat'


def collect_garbage() -> None:
    """Has the kernel free the sockets that only other sockets still hold, sent to one another.

    It does so when it makes or closes one. Without it, they would outlive the processes that had them.
    """
    for end in socket.socketpair():
        end.close()


def is_exceeded() -> bool:
    """Whether there are more sockets in the container than the limit."""
    try:
        with open(COUNT) as file:
            return int(file.readline().split()[-1]) > MAX_SOCKETS
    except FileNotFoundError:
        return False
