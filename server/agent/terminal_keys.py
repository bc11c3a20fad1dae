"""Keys that mean a signal, as Ctrl-C: which ones a terminal has, and whether its kernel knows of them."""

from __future__ import annotations

import os
import select
import signal
import termios

from pseudo_terminal import open_pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from accounts import Account

# How long the kernel may take to hand a line from one end of a terminal to the other.
PROBE_SECONDS = 1
KEYS = ((termios.VINTR, signal.SIGINT), (termios.VQUIT, signal.SIGQUIT), (termios.VSUSP, signal.SIGTSTP))
DISABLED = b'\0'
_LOCAL_FLAGS, _CONTROL_CHARACTERS = 3, 6  # where tcgetattr has them


class SignalKeys:
    """The keys of a terminal that mean a signal at present; a program may have changed them, or turned them off."""

    def __init__(self, fd: int) -> None:
        attributes = termios.tcgetattr(fd)
        flags, characters = attributes[_LOCAL_FLAGS], attributes[_CONTROL_CHARACTERS]
        self.numbers: dict[bytes, int] = {}
        if flags & termios.ISIG:
            self.numbers = {characters[index]: number for index, number in KEYS if characters[index] != DISABLED}
        self.is_echoed = bool(flags & termios.ECHO and flags & termios.ECHOCTL)


def is_known_to_kernel(account: Account) -> bool:
    """Whether the kernel makes a signal of a key, and so takes it out of what was typed.

    Raises OSError when there is no terminal to try it on.
    """
    master, slave, _ = open_pair(account)
    try:
        os.write(master, b'\x03\n')
        ready, _, _ = select.select([slave], [], [], PROBE_SECONDS)
        return not ready or b'\x03' not in os.read(slave, 16)
    finally:
        os.close(slave)
        os.close(master)
