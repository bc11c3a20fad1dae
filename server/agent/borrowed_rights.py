"""The agent's rights exchanged for an account's for a moment, and back.

They belong to the whole process: between the two, nothing else of the agent may run. That holds because the agent has
one thread and no code that waits in between.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from accounts import Account


class SignalRights:
    """A context in which signals reach exactly what the account's uid may signal.

    The saved uid stays 0 to come back by. The agent is PID 1, which no signal of the container's own programs ends.
    """

    def __init__(self, account: Account) -> None:
        self._uid = account.uid

    def __enter__(self) -> None:
        os.setresuid(self._uid, self._uid, 0)

    def __exit__(self, *_: object) -> None:
        os.setresuid(0, 0, 0)


class FileRights:
    """A context in which files are opened, made and changed with the account's rights."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def __enter__(self) -> None:
        os.setegid(self._account.gid)
        os.seteuid(self._account.uid)

    def __exit__(self, *_: object) -> None:
        os.seteuid(0)
        os.setegid(0)
