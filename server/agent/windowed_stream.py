"""Bytes between the server and a descriptor of the agent's, with a window of bytes in each direction."""

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
    """One descriptor that does not block, under one stream id.

    Subclasses say when they read, and what the ends mean.
    """

    def __init__(self, loop: EventLoop, connection: ServerConnection, stream: int, fd: int) -> None:
        self._loop, self._connection, self._stream, self._fd = loop, connection, stream, fd
        self._to_write = bytearray()
        self._window = WINDOW_BYTES

    def on_data(self, data: bytes) -> None:
        """Takes bytes from the server; the window keeps them few."""
        raise NotImplementedError

    def on_taken(self, count: int) -> None:
        """The server has taken that many bytes, so it may be sent as many more."""
        self._window += count
        self._watch_again()

    def on_end(self) -> None:
        """The server sends no more bytes."""
        raise NotImplementedError

    def on_close(self) -> None:
        """The server wants no more of the stream."""
        raise NotImplementedError

    def _queue(self, data: bytes) -> bool:
        """Keeps bytes of the server until the descriptor takes them. Returns whether they are within the window."""
        self._to_write += data
        return len(self._to_write) <= 2 * WINDOW_BYTES

    def _write_queued(self) -> None:
        """Writes what the descriptor takes now, and tells the server how much. Raises OSError when that is over."""
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
        """Tells the server that so many of its bytes are done with."""
        if count:
            self._connection.send(TAKEN, self._stream, struct.pack('!I', count))

    def _relay(self) -> bool:
        """Sends on what there is, as far as the window goes. Returns False at the end; raises BlockingIOError too."""
        data = self._read(min(CHUNK_BYTES, self._window))
        if data:
            self._window -= len(data)
            self._connection.send(DATA, self._stream, data)
        return bool(data)

    def _read(self, most: int) -> bytes:
        return os.read(self._fd, most)

    def _wants_input(self) -> bool:
        """Whether it reads at all; the window is checked apart from that."""
        raise NotImplementedError

    def _watch_again(self) -> None:
        """Has the loop wait for what this can do next."""
        reading = READ if self._window > 0 and self._wants_input() else 0
        self._loop.change(self._fd, reading | (WRITE if self._to_write else 0))
