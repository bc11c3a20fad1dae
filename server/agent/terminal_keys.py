"""Keys that send a signal, such as Ctrl-C: which ones a terminal has, and whether its kernel implements them."""

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
_LOCAL_FLAGS, _CONTROL_CHARACTERS = 3, 6  # indexes in the list that tcgetattr returns


class SignalKeys:
    """The keys that currently send a signal on a terminal. Programs can change them or turn them off."""

    def __init__(self, fd: int) -> None:
        attributes = termios.tcgetattr(fd)
        flags, characters = attributes[_LOCAL_FLAGS], attributes[_CONTROL_CHARACTERS]
        self.numbers: dict[bytes, int] = {}
        if flags & termios.ISIG:
            self.numbers = {characters[index]: number for index, number in KEYS if characters[index] != DISABLED}
        self.is_echoed = bool(flags & termios.ECHO and flags & termios.ECHOCTL)


def does_kernel_send_signals(account: Account) -> bool:
    """Whether the kernel turns such a key into a signal, and so removes it from the input.

    Raises OSError when no terminal can be opened to try it on.
    """
    master, slave, _ = open_pair(account)
    try:
        os.write(master, b'\x03\n')
        ready, _, _ = select.select([slave], [], [], PROBE_SECONDS)
        return not ready or b'\x03' not in os.read(slave, 16)
    finally:
        os.close(slave)
        os.close(master)
