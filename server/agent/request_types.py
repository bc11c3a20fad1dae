"""What the server asks for, as JSON: the other side of `server/oci/container.ts`.

Types only. Nothing imports this at run time, because `typing` would be one more import at the start of each sandbox.
"""

from __future__ import annotations

from typing import Literal, Protocol, TypedDict

from accounts import Account

AccountName = Literal['reader', 'background', 'engine']


class ProgramRequest(TypedDict):
    """A program with its whole environment."""

    argv: list[str]
    env: dict[str, str]
    cwd: str


class ProcessRequest(ProgramRequest):
    """A program to start, and its limits; `cwd` and `env` are filled in where the server left them out."""

    account: AccountName
    timeoutMs: float
    outputBytes: int


class TerminalRequest(ProgramRequest):
    """A program to start on a terminal of its own."""

    number: int
    columns: int
    rows: int


class EngineRequest(TypedDict):
    """The engine's program, and what its environment has beyond the agent's."""

    argv: list[str]
    env: dict[str, str]


class FileToWrite(TypedDict):
    """The head of a file to be written; its bytes follow."""

    account: AccountName
    path: str
    mode: int


class FileToRead(TypedDict):
    """A file to be read, as far as the limit."""

    account: AccountName
    path: str
    maxBytes: int


class RunningProgram(Protocol):
    """A process or a terminal, from its start until nothing is left of it."""

    account: Account
    pid: int | None

    def on_exit(self, code: int) -> None:
        """Takes note that the program has ended: exit code, or minus the signal."""
        ...

    def kill_because(self, sentence: str) -> None:
        """Kills it for something that was done in the sandbox, and says so where its output goes."""
        ...
