"""Limits how many sockets there are in the container.

The kernel's memory for connections that are not accepted yet is not charged to the container: 3 KiB each, and thousands
per listening socket. The kernel does not limit their number, so the agent counts sockets.
"""

from __future__ import annotations

import socket

MAX_SOCKETS = 1024
CHECK_SECONDS = 0.1
# Counts the sockets of this network namespace. gVisor has no such file: its sockets are in the container's memory.
COUNT = '/proc/net/sockstat'


def collect_garbage() -> None:
    """Makes the kernel free sockets that exist only as messages in other sockets' queues.

    Creating or closing a Unix socket triggers that. Otherwise they would outlive the processes that sent them.
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
