"""Signals for whoever has the keys of a terminal, where the kernel sends none.

Only a process in the terminal's session sees who that is. So there is one: it is the agent's, and its child.
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
    """A pipe to the process that sends them: a byte for each signal."""

    def __init__(self) -> None:
        self._orders, self._sink = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)

    def send(self, number: int) -> None:
        """Has the processes that have the keys get a signal."""
        try:
            os.write(self._sink, bytes([number]))
        except OSError:  # of thousands that are not taken yet, this one is no loss
            pass

    def start_sender(self, account: Account, path: str) -> None:
        """Starts the sending process. To be called in the terminal's child, which becomes the leader of a session."""
        os.setsid()
        with SignalRights(account):
            os.close(os.open(path, os.O_RDWR))  # the first one opened becomes the session's terminal
        # It must be no child of the program, which might wait for it: it becomes PID 1's.
        between = os.fork()
        if between == 0:
            if os.fork() == 0:
                self._send_until_closed(account, path)
            os._exit(0)
        os.waitpid(between, 0)

    def close_orders(self) -> None:
        """Closes the end that only the sending process needs."""
        os.close(self._orders)

    def close(self) -> None:
        """Closes the other end, and so ends the sending process."""
        os.close(self._sink)

    def _send_until_closed(self, account: Account, path: str) -> None:
        """In the sending process: sends each signal, as far as the account may. Never returns.

        It keeps the agent's uid, so that no program can end, stop or look into it.
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
    except OSError:  # nobody has the keys
        pass
