"""Terminals under gVisor, with workarounds for what its kernel lacks.

Debian 12's gVisor (2022) sends no signals for keys (newer ones do) or for a new size (until June 2026), and buffers
without limit what a program writes.
"""

from __future__ import annotations

import signal

from accounts import TERMINALS
from foreground_signals import ForegroundSignals
from paused_programs import PausedPrograms
from pseudo_terminal import unread_bytes
from terminal import Terminal
from terminal_keys import SignalKeys, does_kernel_send_signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from request_types import TerminalRequest
    from terminals import Terminals

# Programs are paused when more than this is unread, because gVisor buffers it in the sandbox's memory.
PAUSE_BYTES = 256 << 10
# Paused programs continue when less than this is unread.
RESUME_BYTES = 64 << 10
# How often that is checked while something is unread. A program can write a few hundred KiB in this time.
CHECK_SECONDS = 0.005


class GvisorTerminal(Terminal):
    """A terminal whose signals the agent sends, and whose programs are paused while their output is not read."""

    knows_keys: bool | None = None
    """Whether the kernel turns keys such as Ctrl-C into signals. Found out once, when the first terminal opens."""

    def __init__(self, terminals: Terminals, stream: int, request: TerminalRequest) -> None:
        """Opens the terminal and starts its program. Raises OSError when that fails."""
        account = TERMINALS[request['number']]
        if GvisorTerminal.knows_keys is None:
            GvisorTerminal.knows_keys = does_kernel_send_signals(account)
        # An unbuffered Python also makes writes of no bytes, in which gVisor lets it hang for ever.
        request['env']['PYTHONUNBUFFERED'] = ''
        self._size: tuple[int, int] | None = None
        self._paused = PausedPrograms(account)
        self._signals = ForegroundSignals()
        try:
            super().__init__(terminals, stream, request)
        except OSError:
            self._signals.close()
            raise
        finally:
            self._signals.close_orders()

    def resize(self, columns: int, rows: int) -> None:
        """Sets the size, and sends the program SIGWINCH when it has changed."""
        super().resize(columns, rows)
        if self._size not in (None, (columns, rows)):
            self._signals.send(signal.SIGWINCH)
        self._size = columns, rows

    def on_data(self, data: bytes) -> None:
        """Takes typed bytes. Turns keys such as Ctrl-C into signals and drops unread input typed before them."""
        if self._is_reading and not GvisorTerminal.knows_keys:
            data = self._send_keys(data)
        super().on_data(data)

    def _send_keys(self, data: bytes) -> bytes:
        """Sends the signals of all such keys in data. Returns what was typed after the last of them."""
        keys = SignalKeys(self._fd)
        begin = 0
        for at in range(len(data)):
            key = data[at : at + 1]
            if key in keys.numbers:
                self._type_at_once(data[begin:at])
                self._acknowledge(1)
                begin = at + 1
                if keys.is_echoed:
                    self._say(b'^' + bytes([key[0] ^ 0x40]))
                self._signals.send(keys.numbers[key])
        return data[begin:]

    def _type_at_once(self, data: bytes) -> None:
        """Types what the kernel accepts now and drops the rest, because a signal key must not wait."""
        self._to_write += data
        self._push()
        self._acknowledge(len(self._to_write))
        self._to_write.clear()
        if self._is_reading:
            self._watch_again()

    def _prepare_child(self, path: str) -> None:
        self._signals.start_sender(self.account, path)

    def _on_ready(self, events: int) -> None:
        super()._on_ready(events)
        self._check_unread()

    def _check_unread(self) -> None:
        """Pauses programs that write faster than their output is read, and resumes them when it has been read."""
        if not self._is_reading:
            return
        unread = unread_bytes(self._fd)
        if unread > PAUSE_BYTES:
            self._paused.pause(self.pid)
        elif unread < RESUME_BYTES:
            self._paused.resume()
        if unread > 0 or self._paused.is_any_paused:
            self._loop.after(('unread', self), CHECK_SECONDS, self._check_unread)

    def _max_late_bytes(self) -> int:
        return max(super()._max_late_bytes(), unread_bytes(self._fd))

    def _release(self) -> None:
        self._loop.cancel(('unread', self))
        self._signals.close()
        super()._release()
