"""A byte stream between the server and a descriptor, with flow control in both directions."""

from __future__ import annotations

import os
import struct

from event_loop import READ, WRITE
from frame_protocol import CHUNK_BYTES, DATA, TAKEN, WINDOW_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from event_loop import EventLoop
    from server_connection import ServerConnection


class WindowedStream:
    """One non-blocking descriptor under one stream id.

    Subclasses decide when to read and what the end of each direction means.
    """

    def __init__(self, loop: EventLoop, connection: ServerConnection, stream: int, fd: int) -> None:
        self._loop, self._connection, self._stream, self._fd = loop, connection, stream, fd
        self._to_write = bytearray()
        self._window = WINDOW_BYTES

    def on_data(self, data: bytes) -> None:
        """Takes bytes from the server."""
        raise NotImplementedError

    def on_taken(self, count: int) -> None:
        """Notes that the server has taken that many bytes, so that as many more may be sent."""
        self._window += count
        self._watch_again()

    def on_end(self) -> None:
        """Handles that the server will send no more bytes."""
        raise NotImplementedError

    def on_close(self) -> None:
        """Handles that the server has closed the stream."""
        raise NotImplementedError

    def _queue(self, data: bytes) -> bool:
        """Queues bytes for the descriptor. Returns False when the server has exceeded the window."""
        self._to_write += data
        return len(self._to_write) <= 2 * WINDOW_BYTES

    def _write_queued(self) -> None:
        """Writes what the descriptor accepts now and acknowledges it to the server. Raises OSError on failure."""
        sent = 0
        try:
            while self._to_write:
                count = os.write(self._fd, self._to_write)
                del self._to_write[:count]
                sent += count
        except BlockingIOError:
            pass
        self._acknowledge(sent)

    def _acknowledge(self, count: int) -> None:
        """Tells the server that this many of its bytes were taken."""
        if count:
            self._connection.send(TAKEN, self._stream, struct.pack('!I', count))

    def _relay(self) -> bool:
        """Relays one chunk, limited by the window. Returns False at the end of input.

        Raises BlockingIOError when there is nothing to read now.
        """
        data = self._read(min(CHUNK_BYTES, self._window))
        if data:
            self._window -= len(data)
            self._connection.send(DATA, self._stream, data)
        return bool(data)

    def _read(self, most: int) -> bytes:
        return os.read(self._fd, most)

    def _wants_input(self) -> bool:
        """Whether to read at all; the window is checked separately."""
        raise NotImplementedError

    def _watch_again(self) -> None:
        """Tells the loop which events to wait for next."""
        reading = READ if self._window > 0 and self._wants_input() else 0
        self._loop.change(self._fd, reading | (WRITE if self._to_write else 0))
