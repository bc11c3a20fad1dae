"""Pauses a terminal's programs while too much of their output is unread, and resumes them.

For kernels that buffer a terminal's output without limit.
"""

from __future__ import annotations

import signal
import time

from borrowed_rights import SignalRights
from killing import send_signal
from process_list import STOPPED, processes_of_account, state_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from accounts import Account

# How long to wait for a shell to stop. It must stop before its programs, or it would report them as suspended.
STOP_SECONDS = 0.02
STOP_TICK_SECONDS = 0.0005


class PausedPrograms:
    """The processes of one account that were stopped here. Those that the reader suspended are left alone."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._pids: list[int] = []

    @property
    def is_any_paused(self) -> bool:
        """Whether any process is paused."""
        return bool(self._pids)

    def pause(self, shell: int | None) -> None:
        """Stops all processes: the shell first, then by pid, so that no parent sees its child stop."""
        processes = [process for process in processes_of_account(self._account) if process.state not in STOPPED]
        with SignalRights(self._account):
            for process in sorted(processes, key=lambda process: (process.pid != shell, process.pid)):
                send_signal(process.pid, signal.SIGSTOP)
                self._pids.append(process.pid)
                if process.pid == shell:
                    _wait_for_stop(process.pid)

    def resume(self) -> None:
        """Continues the paused processes."""
        with SignalRights(self._account):
            while self._pids:
                send_signal(self._pids.pop(), signal.SIGCONT)


def _wait_for_stop(pid: int) -> None:
    """Waits until a process has stopped, but not long: it may be in a system call in which it cannot stop."""
    until = time.monotonic() + STOP_SECONDS
    while time.monotonic() < until and state_of(pid) not in STOPPED:
        time.sleep(STOP_TICK_SECONDS)
