"""Contexts in which the agent temporarily has an account's rights.

Uids and gids belong to the whole process, so nothing else of the agent may run inside such a context. That holds
because the agent is single-threaded and the code inside never waits.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from accounts import Account


class SignalRights:
    """A context in which signals reach only the processes that the account's uid may signal.

    The saved uid stays 0, so that the agent can switch back. Programs in the container cannot kill the agent
    meanwhile, because it is PID 1.
    """

    def __init__(self, account: Account) -> None:
        self._uid = account.uid

    def __enter__(self) -> None:
        os.setresuid(self._uid, self._uid, 0)

    def __exit__(self, *_: object) -> None:
        os.setresuid(0, 0, 0)


class FileRights:
    """A context in which files are opened, created and changed with the account's rights."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def __enter__(self) -> None:
        os.setegid(self._account.gid)
        os.seteuid(self._account.uid)

    def __exit__(self, *_: object) -> None:
        os.seteuid(0)
        os.setegid(0)
