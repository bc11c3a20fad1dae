"""The container's processes, as /proc lists them."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from accounts import Account

# How often /proc is listed again while new processes appear; each time takes a millisecond or less.
LOOKS = 16
# The kernel's letters for process states: stopped or traced; running or in disk wait; zombie or dead.
STOPPED, RUNNING, DEAD = 'Tt', 'RD', 'ZX'


class ListedProcess:
    """One process, as it was when it was listed."""

    __slots__ = ('gid', 'is_alive', 'pid', 'state', 'uid')

    def __init__(self, pid: int, uid: int, gid: int, state: str, threads: int) -> None:
        self.pid, self.uid, self.gid, self.state = pid, uid, gid, state
        # A program's first thread can end before its other threads.
        self.is_alive = state not in DEAD or threads > 1


def processes_of_account(account: Account) -> list[ListedProcess]:
    """Returns the account's processes, zombies included."""
    return [process for process in processes_of_uid(account.uid)[0] if process.gid == account.gid]


def processes_of_uid(uid: int) -> tuple[list[ListedProcess], bool]:
    """Returns the uid's processes, and whether the list is complete: no process was created during the last look."""
    found: list[ListedProcess] = []
    seen: set[str] = set()
    for _ in range(LOOKS):
        last = _last_pid()
        new = {name for name in os.listdir('/proc') if name.isdigit()} - seen
        found += [process for name in new if (process := _read_process(name)) and process.uid == uid]
        seen |= new
        if last == _last_pid():
            return found, True
    return found, False


def state_of(pid: int) -> str:
    """Returns the letter of the process's state; X, for dead, when there is no such process."""
    process = _read_process(str(pid))
    return process.state if process else 'X'


def _read_process(name: str) -> ListedProcess | None:
    """Returns the process with that pid, or None when it has ended."""
    try:
        with open(f'/proc/{name}/status') as file:
            status = file.read()
    except OSError:
        return None

    def field(key: str) -> str:
        return status.partition(f'\n{key}:\t')[2].split(None, 1)[0]

    return ListedProcess(int(name), int(field('Uid')), int(field('Gid')), field('State'), int(field('Threads')))


def _last_pid() -> int:
    """Returns the pid that the kernel assigned last."""
    with open('/proc/loadavg') as file:
        return int(file.read().split()[4])
