"""Ends all that an account runs, although its programs may fork faster than they are looked at."""

from __future__ import annotations

import os
import signal
import time

from borrowed_rights import SignalRights
from process_list import RUNNING, STOPPED, processes_of_uid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts import Account
    from process_list import ListedProcess

# How long the agent waits for forks that are under way when it ends one of two accounts that share a uid.
SETTLE_SECONDS = 0.02
SETTLE_TICK_SECONDS = 0.0005
# How often an account's processes are looked for and killed before all of the uid are stopped.
ROUNDS = 12


def kill_account(account: Account, is_uid_shared: bool) -> None:
    """Kills every process of the account.

    One kill(-1) is atomic: it needs no fork, and no fork outruns it. When another account with the same uid has
    processes, they are looked for and killed one by one; where they outrun that, all of the uid are stopped first.
    """
    if not is_uid_shared:
        with SignalRights(account):
            send_signal(-1, signal.SIGKILL)
    elif not _kill_found(account):
        _kill_stopped(account)


def kill_group(account: Account, pid: int) -> None:
    """Kills one process and its group: for the engine's short commands, while the engine lives on."""
    with SignalRights(account):
        send_signal(-pid, signal.SIGKILL)


def send_signal(pid: int, number: int) -> None:
    """Sends a signal, if there is a process that may get it."""
    try:
        os.kill(pid, number)
    except OSError:
        pass


def _kill_found(account: Account) -> bool:
    """Kills one after the other. Returns whether a look that missed nobody found none but those killed before."""
    killed: set[int] = set()
    for _ in range(ROUNDS):
        processes, is_whole = processes_of_uid(account.uid)
        mine = {process.pid for process in processes if process.gid == account.gid and process.is_alive}
        if is_whole and mine <= killed:
            return True
        with SignalRights(account):
            for pid in mine:
                send_signal(pid, signal.SIGKILL)
        killed = mine  # a process that was told to die forks no more
    return False


def _kill_stopped(account: Account) -> None:
    """Stops all of the uid, other accounts' too, so that none outruns the sorting; then kills those of the account.

    This comes last because a shell whose program is stopped under it takes that for suspended.
    """
    # Suspended before, as by Ctrl-Z: these stay so.
    suspended = {process.pid for process in processes_of_uid(account.uid)[0] if process.state in STOPPED}
    with SignalRights(account):
        send_signal(-1, signal.SIGSTOP)
    processes = _wait_for_forks(account.uid)
    others = [process for process in processes if process.gid != account.gid]
    with SignalRights(account):
        for process in processes:
            if process.gid == account.gid:
                send_signal(process.pid, signal.SIGKILL)
        for group in _groups_of(process.pid for process in others if process.pid not in suspended):
            send_signal(-group, signal.SIGCONT)


def _groups_of(pids: Iterable[int]) -> set[int]:
    """Returns their process groups.

    What is sent to a group also reaches a child that comes from a fork under way. It would stay stopped otherwise.
    """
    groups: set[int] = set()
    for pid in pids:
        try:
            groups.add(os.getpgid(pid))
        except OSError:
            pass
    return groups


def _wait_for_forks(uid: int) -> list[ListedProcess]:
    """Returns the processes of that uid once all that were told to stop have stopped.

    A signal to all that comes in the middle of a fork counts as one after it: the child appears later, with the same
    signal (Linux, `copy_process`). Bounded, because a process may wait where it cannot stop.
    """
    until = time.monotonic() + SETTLE_SECONDS
    while True:
        processes, _ = processes_of_uid(uid)
        if time.monotonic() >= until or not any(process.state in RUNNING for process in processes):
            return processes
        time.sleep(SETTLE_TICK_SECONDS)
