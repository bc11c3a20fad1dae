"""Bytes between the server and a descriptor of the agent's, with a window of bytes in each direction."""

import os
import struct

from link import CHUNK_BYTES
from loop import READ, WRITE

WINDOW_BYTES = 256 << 10
"""Bytes that one side may have on the way before the other has taken them. The same in frames.ts."""


class Flow:
    """One descriptor that does not block, under one stream id. Who extends it says when it reads, and what the ends mean."""

    def __init__(self, loop, link, stream, fd):
        self._loop, self._link, self._stream, self._fd = loop, link, stream, fd
        self._buffer, self._window = bytearray(), WINDOW_BYTES

    def grant(self, count):
        """The server has taken that many bytes."""
        self._window += count
        self._rearm()

    def _keep(self, data):
        """Keeps bytes of the server until the descriptor takes them. False when they are more than it may have on the way."""
        self._buffer += data
        return len(self._buffer) <= 2 * WINDOW_BYTES

    def _give(self):
        """Writes what the descriptor takes now, and tells the server how much. Raises OSError when it takes no more at all."""
        sent = 0
        try:
            while self._buffer:
                count = os.write(self._fd, self._buffer)
                del self._buffer[:count]
                sent += count
        except BlockingIOError:
            pass
        self._acknowledge(sent)

    def _acknowledge(self, count):
        """Tells the server that so many of its bytes are done with."""
        if count:
            self._link.send(b'A', self._stream, struct.pack('!I', count))

    def _take(self):
        """Sends on what there is, as far as the window goes: false at its end. Raises OSError, BlockingIOError too."""
        data = self._read(min(CHUNK_BYTES, self._window))
        if data:
            self._window -= len(data)
            self._link.send(b'D', self._stream, data)
        return bool(data)

    def _read(self, most):
        return os.read(self._fd, most)

    def _wants_more(self):
        """Whether it reads at all; the window is seen to."""
        raise NotImplementedError

    def _rearm(self):
        reading = READ if self._window > 0 and self._wants_more() else 0
        self._loop.change(self._fd, reading | (WRITE if self._buffer else 0))
