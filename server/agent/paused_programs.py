"""Stops the programs of a terminal while what they wrote is unread, and lets them go on.

For kernels that keep without bound what is written to a terminal.
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

# How long a shell may take to stop, before what it runs is stopped under it, which it would tell of.
STOP_SECONDS = 0.02
STOP_TICK_SECONDS = 0.0005


class PausedPrograms:
    """The processes of one account that were stopped here. Those that somebody suspended are left alone."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._pids: list[int] = []

    @property
    def is_any_paused(self) -> bool:
        """Whether there is one."""
        return bool(self._pids)

    def pause(self, shell: int | None) -> None:
        """Stops all: the shell first, and the older before the younger, so that none sees another stop."""
        processes = [process for process in processes_of_account(self._account) if process.state not in STOPPED]
        with SignalRights(self._account):
            for process in sorted(processes, key=lambda process: (process.pid != shell, process.pid)):
                send_signal(process.pid, signal.SIGSTOP)
                self._pids.append(process.pid)
                if process.pid == shell:
                    _wait_for_stop(process.pid)

    def resume(self) -> None:
        """Lets them go on."""
        with SignalRights(self._account):
            while self._pids:
                send_signal(self._pids.pop(), signal.SIGCONT)


def _wait_for_stop(pid: int) -> None:
    """Gives a process that was told to stop the time for it. Bounded, because it may wait where it cannot."""
    until = time.monotonic() + STOP_SECONDS
    while time.monotonic() < until and state_of(pid) not in STOPPED:
        time.sleep(STOP_TICK_SECONDS)
