"""A terminal: a reader's program on a pseudo-terminal. When it ends, everything that it started is killed."""

from __future__ import annotations

import os
import time

import socket_limit
from accounts import TERMINALS
from event_loop import READ, WRITE
from frame_protocol import DATA, EXIT, OPENED
from killing import kill_account
from process_list import processes_of_account
from pseudo_terminal import launch_on_terminal, open_pair, set_size
from windowed_stream import WindowedStream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from request_types import TerminalRequest
    from terminals import Terminals

KILL_AGAIN_SECONDS = 0.05
# How long to wait for an ended program's killed children to disappear before its end is reported anyway.
CLEAR_SECONDS = 2
CLEAR_TICK_SECONDS = 0.005
# The most that is read after the program has ended: more than the kernel buffers. Other accounts may still write to it.
MAX_LATE_BYTES = 256 << 10


class Terminal(WindowedStream):
    """One terminal, from the fork of its program until its account has no processes and its last output was sent."""

    def __init__(self, terminals: Terminals, stream: int, request: TerminalRequest) -> None:
        """Opens the terminal and starts its program. Raises OSError when that fails."""
        self.account = TERMINALS[request['number']]
        self.pid: int | None = None
        self._terminals = terminals
        self._code: int | None = None
        # How many bytes may still be read after the program has ended; None before that.
        self._late_bytes: int | None = None
        self._is_reading, self._is_wanted, self._is_blamed = True, True, False
        master, slave, path = open_pair(self.account)
        super().__init__(terminals.loop, terminals.connection, stream, master)
        try:
            self.resize(request['columns'], request['rows'])
            pid = os.fork()
            if pid == 0:
                launch_on_terminal(self.account, request, slave, path, self._prepare_child)
            self.pid = pid
        except OSError:
            os.close(master)
            raise
        finally:
            os.close(slave)
        self._connection.send(OPENED, self._stream)
        self._loop.watch(master, self._on_ready, READ, is_gated=True)

    def resize(self, columns: int, rows: int) -> None:
        """Sets the size; the kernel notifies the program."""
        set_size(self._fd, columns, rows)

    def on_data(self, data: bytes) -> None:
        """Takes typed bytes. Input that exceeds the window closes the terminal."""
        if not self._queue(data):
            self.on_close()
        elif self._is_reading:
            self._push()

    def on_taken(self, count: int) -> None:
        """Notes that the server has taken that many bytes, and continues sending the last output."""
        super().on_taken(count)
        if self._late_bytes is not None:
            self._drain()

    def on_close(self) -> None:
        """Hangs up, because the server has closed the terminal."""
        self._is_wanted = False
        if self._late_bytes is not None:
            self._drain()
        else:
            self._hang_up()

    def on_end(self) -> None:
        """Hangs up, because no more input will come."""
        self.on_close()

    def on_exit(self, code: int) -> None:
        """Handles the end of the program, with its exit code or minus the signal that killed it."""
        self.pid = None
        self._code = 128 - code if code < 0 else code
        self._loop.cancel(('kill', self))
        self._clear(time.monotonic())

    def kill_because(self, sentence: str) -> None:
        """Kills the program because the sandbox broke a limit, and shows the sentence on the terminal."""
        if self._code is None and not self._is_blamed:
            self._is_blamed = True
            self._say(f'\r\n{sentence}\r\n'.encode())
            self._hang_up()

    def _say(self, data: bytes) -> None:
        """Shows a message from the agent on the terminal, as much of it as fits into the window."""
        said = data[: max(0, self._window)]
        self._window -= len(said)
        self._connection.send(DATA, self._stream, said)

    def _hang_up(self) -> None:
        """Stops reading and writing, and kills everything that runs on the terminal."""
        self._is_reading = False
        self._to_write.clear()
        self._watch_again()
        self._kill_again()

    def _kill_again(self) -> None:
        """Kills repeatedly until the program has ended, because a fork may be in progress."""
        if self._code is None:
            self._kill()
            self._loop.after(('kill', self), KILL_AGAIN_SECONDS, self._kill_again)

    def _kill(self) -> None:
        kill_account(self.account, self._terminals.running.is_uid_shared(self.account))

    def _clear(self, since: float) -> None:
        """Kills the rest of the account until nothing is left or time is up, then sends the last output."""
        self._kill()
        if processes_of_account(self.account) and time.monotonic() - since < CLEAR_SECONDS:
            self._loop.after(('clear', self), CLEAR_TICK_SECONDS, lambda: self._clear(since))
            return
        socket_limit.collect_garbage()
        self._late_bytes = self._max_late_bytes()
        self._drain()

    def _drain(self) -> None:
        """Sends the remaining output as the window allows, then reports the end."""
        self._is_reading = False
        self._to_write.clear()
        self._watch_again()
        late_bytes = self._late_bytes or 0
        while self._is_wanted and late_bytes > 0:
            if self._window <= 0:
                self._late_bytes = late_bytes
                return
            before = self._window
            try:
                if not self._relay():
                    break
            except OSError:
                break
            late_bytes -= before - self._window
        self._release()
        self._terminals.forget(self._stream)
        self._connection.send_json(EXIT, self._stream, {'exitCode': self._code})

    def _on_ready(self, events: int) -> None:
        try:
            if events & WRITE:
                self._write_queued()
            if events & ~WRITE and not self._relay():
                self._hang_up()
                return
        except BlockingIOError:
            pass
        except OSError:  # no process has the terminal open any more
            self._hang_up()
            return
        self._watch_again()

    def _push(self) -> None:
        """Writes the queued input to the terminal."""
        try:
            self._write_queued()
        except OSError:
            self._hang_up()
        else:
            self._watch_again()

    def _read(self, most: int) -> bytes:
        """Reads until nothing is left or `most` bytes were read, because each read returns at most 4 KiB.

        Returns no bytes at the end of the output, where some kernels raise an error instead.
        """
        content = bytearray()
        while len(content) < most:
            try:
                part = os.read(self._fd, most - len(content))
            except OSError:
                if content:
                    break
                raise
            if not part:
                break
            content += part
        return bytes(content)

    def _wants_input(self) -> bool:
        return self._is_reading

    def _prepare_child(self, path: str) -> None:
        """Runs in the forked child before it switches to the account. Subclasses can override it."""

    def _max_late_bytes(self) -> int:
        return MAX_LATE_BYTES

    def _release(self) -> None:
        """Releases the terminal's descriptor."""
        self._loop.forget(self._fd)
        os.close(self._fd)
