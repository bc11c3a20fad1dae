"""The one connection to the server: sends and receives the frames of frame_protocol.py."""

from __future__ import annotations

import json
import os

from event_loop import READ, WRITE
from frame_protocol import CHUNK_BYTES, HEADER, MAX_INCOMING_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from event_loop import EventLoop

# The loop's gate closes when more than this is queued for the server.
HIGH_WATER_BYTES = 1 << 20
TRANSFER_BYTES = 4 * CHUNK_BYTES


class ServerConnection:
    """Queues frames for the server, and passes on the frames that it sends.

    When the connection closes, the agent exits, and the kernel ends the container with it.
    """

    def __init__(self, source: int, sink: int, loop: EventLoop) -> None:
        """Source and sink are descriptors: the same one for a socket."""
        self._source, self._sink, self._loop = source, sink, loop
        self._incoming, self._outgoing = bytearray(), bytearray()
        self._on_frame: Callable[[bytes, int, bytes], None] | None = None
        for fd in {source, sink}:
            os.set_blocking(fd, False)
            loop.watch(fd, self._on_ready, 0)

    def receive(self, on_frame: Callable[[bytes, int, bytes], None]) -> None:
        """Starts to receive: calls on_frame(kind, stream, payload) for each frame from the server."""
        self._on_frame = on_frame
        self._loop.change(self._source, READ)

    def send(self, kind: bytes, stream: int, payload: bytes = b'') -> None:
        """Queues one frame; the next flush sends it."""
        self._outgoing += HEADER.pack(kind, stream, len(payload))
        self._outgoing += payload
        if len(self._outgoing) > HIGH_WATER_BYTES:
            self._loop.set_gate(False)

    def send_json(self, kind: bytes, stream: int, value: object) -> None:
        """Queues one frame with a JSON payload."""
        self.send(kind, stream, json.dumps(value).encode())

    def flush(self) -> None:
        """Writes as much as the socket accepts now."""
        while self._outgoing:
            try:
                count = os.write(self._sink, self._outgoing[:TRANSFER_BYTES])
            except BlockingIOError:
                break
            except OSError:
                os._exit(0)
            del self._outgoing[:count]
        if len(self._outgoing) < HIGH_WATER_BYTES // 2:
            self._loop.set_gate(True)
        reading = READ if self._sink == self._source else 0
        self._loop.change(self._sink, reading | (WRITE if self._outgoing else 0))

    def _on_ready(self, events: int) -> None:
        if not events & ~WRITE:
            return  # the main loop flushes before each turn
        try:
            data = os.read(self._source, TRANSFER_BYTES)
        except BlockingIOError:
            return
        except OSError:
            os._exit(0)
        if not data:
            os._exit(0)
        self._incoming += data
        self._take_frames()

    def _take_frames(self) -> None:
        start = 0
        while len(self._incoming) - start >= HEADER.size:
            kind, stream, length = HEADER.unpack_from(self._incoming, start)
            if length > MAX_INCOMING_BYTES:
                os._exit(1)
            end = start + HEADER.size + length
            if len(self._incoming) < end:
                break
            payload = bytes(self._incoming[start + HEADER.size : end])
            start = end
            if self._on_frame:
                self._on_frame(kind, stream, payload)
        del self._incoming[:start]
