"""The JSON requests that the server sends: the counterpart of `server/oci/container.ts`.

Types only. Nothing imports this at run time, because importing `typing` would slow the start of each sandbox.
"""

from __future__ import annotations

from typing import Literal, Protocol, TypedDict

from accounts import Account

AccountName = Literal['reader', 'background', 'engine']


class ProgramRequest(TypedDict):
    """A program with its complete environment."""

    argv: list[str]
    env: dict[str, str]
    cwd: str


class ProcessRequest(ProgramRequest):
    """A program to start, and its limits.

    The server may leave out `cwd`, `env` and `input`; `Processes.start` adds them.
    """

    account: AccountName
    input: str
    timeoutMs: float
    outputBytes: int


class TerminalRequest(ProgramRequest):
    """A program to start on a new terminal."""

    number: int
    columns: int
    rows: int


class EngineRequest(TypedDict):
    """The engine's program, and variables to add to the agent's environment."""

    argv: list[str]
    env: dict[str, str]


class FileToWrite(TypedDict):
    """The head of a request to write a file; the file's bytes follow it."""

    account: AccountName
    path: str
    mode: int


class FileToRead(TypedDict):
    """A file to read, up to a limit."""

    account: AccountName
    path: str
    maxBytes: int


class RunningProgram(Protocol):
    """A process or a terminal, from its start until its end was reported."""

    account: Account
    pid: int | None

    def on_exit(self, code: int) -> None:
        """Handles the end of the program, with its exit code or minus the signal that killed it."""
        ...

    def kill_because(self, sentence: str) -> None:
        """Kills the program because the sandbox broke a limit, and writes the sentence to its output."""
        ...
