"""Terminals under gVisor, whose kernel is the container's own: what it leaves undone is done here.

Seen in Debian 12's (2022): it sends no signal for a key (newer ones do) nor for a new size (before June of 2026), and
it keeps without bound what a program writes.
"""

from __future__ import annotations

import signal

from accounts import TERMINALS
from foreground_signals import ForegroundSignals
from paused_programs import PausedPrograms
from pseudo_terminal import unread_bytes
from terminal import Terminal
from terminal_keys import SignalKeys, is_known_to_kernel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from request_types import TerminalRequest
    from terminals import Terminals

# More than this unread, and whoever writes there is paused: in the kernel it takes the sandbox's memory.
PAUSE_BYTES = 256 << 10
# Less than this unread, and they go on.
RESUME_BYTES = 64 << 10
# How often that is checked while something is unread; a program writes a few hundred KiB meanwhile.
CHECK_SECONDS = 0.005


class GvisorTerminal(Terminal):
    """One whose signals are sent by a process of the agent's, and whose programs are paused while nobody reads."""

    knows_keys: bool | None = None
    """Whether the kernel makes signals of keys. It is asked once, when the first terminal opens."""

    def __init__(self, terminals: Terminals, stream: int, request: TerminalRequest) -> None:
        """Raises OSError when there is none to be had."""
        account = TERMINALS[request['number']]
        if GvisorTerminal.knows_keys is None:
            GvisorTerminal.knows_keys = is_known_to_kernel(account)
        # Without this variable Python writes whole lines; with it, it also writes nothing at all, for which gVisor lets
        # it wait for ever.
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
        """Tells the program of a new size."""
        super().resize(columns, rows)
        if self._size not in (None, (columns, rows)):
            self._signals.send(signal.SIGWINCH)
        self._size = columns, rows

    def on_data(self, data: bytes) -> None:
        """Takes what was typed. Keys that mean a signal become one; what was typed before them is dropped if unread."""
        if self._is_reading and not GvisorTerminal.knows_keys:
            data = self._send_keys(data)
        super().on_data(data)

    def _send_keys(self, data: bytes) -> bytes:
        """Sends the signals of the keys. Returns what is left to be typed after the last of them."""
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
        """Types what the kernel takes now, and drops the rest: a key that means a signal waits for nobody."""
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
        """Pauses programs that write faster than is read, and lets them go on."""
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
