"""Kills everything that an account runs, even when its programs fork faster than they can be listed."""

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

# How long the agent waits for forks in progress when it kills one of several accounts that share a uid.
SETTLE_SECONDS = 0.02
SETTLE_TICK_SECONDS = 0.0005
# How often an account's processes are listed and killed before all processes of the uid are stopped instead.
ROUNDS = 12


def kill_account(account: Account, is_uid_shared: bool) -> None:
    """Kills every process of the account.

    kill(-1) as the account's uid is atomic, and no fork can escape it. When another account with the same uid has
    processes too, the account's processes are listed and killed one by one. If they fork faster than that, all
    processes of the uid are stopped first.
    """
    if not is_uid_shared:
        with SignalRights(account):
            send_signal(-1, signal.SIGKILL)
    elif not _kill_listed(account):
        _kill_stopped(account)


def kill_group(account: Account, pid: int) -> None:
    """Kills one process group: used for the engine's short commands, while the engine itself keeps running."""
    with SignalRights(account):
        send_signal(-pid, signal.SIGKILL)


def send_signal(pid: int, number: int) -> None:
    """Sends a signal; does nothing when there is no such process."""
    try:
        os.kill(pid, number)
    except OSError:
        pass


def _kill_listed(account: Account) -> bool:
    """Lists and kills the account's processes. Returns True once a complete list has only already killed ones."""
    killed: set[int] = set()
    for _ in range(ROUNDS):
        processes, is_whole = processes_of_uid(account.uid)
        mine = {process.pid for process in processes if process.gid == account.gid and process.is_alive}
        if is_whole and mine <= killed:
            return True
        with SignalRights(account):
            for pid in mine:
                send_signal(pid, signal.SIGKILL)
        killed = mine  # a process with a pending SIGKILL can no longer fork
    return False


def _kill_stopped(account: Account) -> None:
    """Stops all processes of the uid, other accounts' too, then kills the account's and continues the others.

    This is the last resort, because a shell whose program is stopped reports it as suspended.
    """
    # Already suspended, for example by Ctrl-Z: these must stay suspended.
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
    """Returns the processes' groups.

    A SIGCONT to a group also reaches a child that a fork in progress adds to it, which would stay stopped otherwise.
    """
    groups: set[int] = set()
    for pid in pids:
        try:
            groups.add(os.getpgid(pid))
        except OSError:
            pass
    return groups


def _wait_for_forks(uid: int) -> list[ListedProcess]:
    """Returns the uid's processes once all of them have stopped, or after SETTLE_SECONDS.

    A child whose fork was in progress appears only later, with the same signal pending (Linux, `copy_process`). The
    wait is bounded, because a process may be in a system call in which it cannot stop.
    """
    until = time.monotonic() + SETTLE_SECONDS
    while True:
        processes, _ = processes_of_uid(uid)
        if time.monotonic() >= until or not any(process.state in RUNNING for process in processes):
            return processes
        time.sleep(SETTLE_TICK_SECONDS)
