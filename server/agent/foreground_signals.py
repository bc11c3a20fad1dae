"""Sends signals to a terminal's foreground process group where the kernel does not.

Only a process in the terminal's session can look up that group, so the agent starts one for this.
"""

from __future__ import annotations

import os
import signal

from borrowed_rights import SignalRights
from launching import close_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from accounts import Account


class ForegroundSignals:
    """A pipe to the process that sends the signals: one byte per signal, its number."""

    def __init__(self) -> None:
        self._orders, self._sink = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)

    def send(self, number: int) -> None:
        """Sends a signal to the foreground process group, asynchronously."""
        try:
            os.write(self._sink, bytes([number]))
        except OSError:  # the pipe is full of unsent signals, so one fewer makes no difference
            pass

    def start_sender(self, account: Account, path: str) -> None:
        """Starts the sending process. Call it in the terminal's forked child, which becomes the leader of a session."""
        os.setsid()
        with SignalRights(account):
            os.close(os.open(path, os.O_RDWR))  # the first terminal opened becomes the controlling one
        # Forked twice, so that it is a child of PID 1 and not of the program, which might wait for it.
        between = os.fork()
        if between == 0:
            if os.fork() == 0:
                self._send_until_closed(account, path)
            os._exit(0)
        os.waitpid(between, 0)

    def close_orders(self) -> None:
        """Closes the read end, which only the sending process needs."""
        os.close(self._orders)

    def close(self) -> None:
        """Closes the write end, which ends the sending process."""
        os.close(self._sink)

    def _send_until_closed(self, account: Account, path: str) -> None:
        """In the sending process: sends each requested signal with the account's rights. Never returns.

        Its real uid stays the agent's, so that no program can kill, stop or inspect it.
        """
        try:
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            os.setpgid(0, 0)
            os.dup2(self._orders, 0)
            close_from(1)
            os.set_blocking(0, True)
            os.setresuid(-1, account.uid, -1)
            while order := os.read(0, 1):
                _send_to_foreground(path, order[0])
        finally:
            os._exit(0)


def _send_to_foreground(path: str, number: int) -> None:
    try:
        terminal = os.open(path, os.O_RDWR | os.O_NOCTTY)
        try:
            os.kill(-os.tcgetpgrp(terminal), number)
        finally:
            os.close(terminal)
    except OSError:  # the terminal has no foreground group, or the group has ended
        pass
