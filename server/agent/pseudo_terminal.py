"""Pseudo-terminals: opens a pair of devices for an account, and starts a program on it."""

from __future__ import annotations

import fcntl
import os
import struct
import termios

from borrowed_rights import SignalRights
from launching import CANNOT_EXECUTE, become, execute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from accounts import Account
    from request_types import ProgramRequest

DIRECTORY = '/dev/pts'
TIOCGPTN, TIOCSPTLCK = 0x80045430, 0x40045431  # from asm-generic/ioctls.h; not in Python's termios


def open_pair(account: Account) -> tuple[int, int, str]:
    """Returns the master and slave descriptors and the slave's path. Raises OSError when no terminal can be opened.

    The pair belongs to whoever opens the master: here, the account.
    """
    with SignalRights(account):
        master = os.open(f'{DIRECTORY}/ptmx', os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            fcntl.ioctl(master, TIOCSPTLCK, struct.pack('i', 0))
            (number,) = struct.unpack('I', fcntl.ioctl(master, TIOCGPTN, bytes(4)))
            path = f'{DIRECTORY}/{number}'
            return master, os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC), path
        except OSError:
            os.close(master)
            raise


def set_size(fd: int, columns: int, rows: int) -> None:
    """Sets the size of a terminal. The kernel sends SIGWINCH to the program on it."""
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))


def unread_bytes(fd: int) -> int:
    """Returns how many bytes can be read from the descriptor now."""
    (count,) = struct.unpack('i', fcntl.ioctl(fd, termios.FIONREAD, bytes(4)))
    return count


def launch_on_terminal(
    account: Account, request: ProgramRequest, slave: int, path: str, prepare: Callable[[str], None]
) -> NoReturn:
    """In a forked child: calls prepare(path), switches to the account and executes the program on the terminal.

    The terminal becomes the program's controlling terminal. Never returns.
    """
    try:
        prepare(path)
        become(account, slave, slave, slave)
        # The first terminal that a session leader opens becomes its controlling terminal.
        os.close(os.open(path, os.O_RDWR))
        execute(request['argv'], request['env'], request['cwd'])
    finally:
        os._exit(CANNOT_EXECUTE)
