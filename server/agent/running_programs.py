"""All that was started for the server and is not over: processes and terminals."""

from __future__ import annotations

import socket_limit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from accounts import Account
    from event_loop import EventLoop
    from request_types import RunningProgram


class RunningPrograms:
    """Knows them by pid and by account, and ends the reader's together."""

    def __init__(self, loop: EventLoop) -> None:
        self._loop = loop
        self._programs: list[RunningProgram] = []

    def add(self, program: RunningProgram) -> None:
        """Counts a program from now on."""
        self._programs.append(program)

    def remove(self, program: RunningProgram) -> None:
        """Counts a program that is over no more."""
        self._programs.remove(program)

    def by_pid(self, pid: int) -> RunningProgram | None:
        """Returns the one whose program has that pid and has not ended, None when there is none."""
        return next((program for program in self._programs if program.pid == pid), None)

    def is_uid_shared(self, account: Account) -> bool:
        """Whether a program of another account with the same uid is running."""
        return any(program.account is not account and program.account.uid == account.uid for program in self._programs)

    def kill_readers(self, sentence: str) -> None:
        """Kills all that the reader runs, because nobody can tell which of them is to blame."""
        for program in list(self._programs):
            if program.account.is_readers:
                program.kill_because(sentence)

    def watch_sockets(self) -> None:
        """Keeps the sockets in the container below their limit, as long as the reader runs anything."""
        if any(program.account.is_readers for program in self._programs):
            if socket_limit.is_exceeded():
                self.kill_readers(
                    f'Ended: there were more than {socket_limit.MAX_SOCKETS} connections, the limit for a sandbox.'
                )
            self._loop.after('sockets', socket_limit.CHECK_SECONDS, self.watch_sockets)
