"""All running processes and terminals that the server has asked for."""

from __future__ import annotations

import socket_limit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from accounts import Account
    from event_loop import EventLoop
    from request_types import RunningProgram


class RunningPrograms:
    """Finds running programs by pid and account, and can kill all of the reader's at once."""

    def __init__(self, loop: EventLoop) -> None:
        self._loop = loop
        self._programs: list[RunningProgram] = []

    def add(self, program: RunningProgram) -> None:
        """Adds a program that was just started."""
        self._programs.append(program)

    def remove(self, program: RunningProgram) -> None:
        """Removes a program that has ended."""
        self._programs.remove(program)

    def by_pid(self, pid: int) -> RunningProgram | None:
        """Returns the running program with that pid, or None when there is none."""
        return next((program for program in self._programs if program.pid == pid), None)

    def is_uid_shared(self, account: Account) -> bool:
        """Whether a program of another account with the same uid is running."""
        return any(program.account is not account and program.account.uid == account.uid for program in self._programs)

    def kill_readers(self, sentence: str) -> None:
        """Kills everything that the reader runs, because it is not known which program is to blame."""
        for program in list(self._programs):
            if program.account.is_readers:
                program.kill_because(sentence)

    def watch_sockets(self) -> None:
        """Enforces the limit on sockets, at intervals for as long as the reader runs anything."""
        if any(program.account.is_readers for program in self._programs):
            if socket_limit.is_exceeded():
                self.kill_readers(
                    f'Ended: there were more than {socket_limit.MAX_SOCKETS} connections, the limit for a sandbox.'
                )
            self._loop.after('sockets', socket_limit.CHECK_SECONDS, self.watch_sockets)
