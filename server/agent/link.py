"""The one socket to the server: frames of 1 byte type, u32 stream id, u32 length, payload (big-endian). See frames.ts."""

import json
import os
import struct

from loop import READ, WRITE

HEADER = struct.Struct('!cII')
MAX_INCOMING_BYTES = 8 << 20
"""The longest frame that the server may send."""
HIGH_WATER_BYTES = 1 << 20
"""More than this waiting for the server closes the loop's gate."""
CHUNK_BYTES = 64 << 10
"""The most that one frame of ours carries, and one read takes."""


class Link:
    """Sends and receives frames. When the server is gone, the agent ends, and the kernel ends the container with it."""

    def __init__(self, source, sink, loop, on_frame):
        """Source and sink are descriptors, the same one where it is a socket."""
        self._source, self._sink, self._loop, self._on_frame = source, sink, loop, on_frame
        self._incoming, self._outgoing = bytearray(), bytearray()
        for fd in {source, sink}:
            os.set_blocking(fd, False)
            loop.watch(fd, self._on_ready, READ if fd == source else 0)

    def send(self, kind, stream, payload=b''):
        """Queues one frame; it leaves with the next flush."""
        self._outgoing += HEADER.pack(kind, stream, len(payload))
        self._outgoing += payload
        if len(self._outgoing) > HIGH_WATER_BYTES:
            self._loop.set_gate(False)

    def send_json(self, kind, stream, value):
        """Queues one frame with a JSON payload."""
        self.send(kind, stream, json.dumps(value).encode())

    def flush(self):
        """Writes what the socket takes now."""
        while self._outgoing:
            try:
                count = os.write(self._sink, self._outgoing[: CHUNK_BYTES * 4])
            except BlockingIOError:
                break
            except OSError:
                os._exit(0)
            del self._outgoing[:count]
        if len(self._outgoing) < HIGH_WATER_BYTES // 2:
            self._loop.set_gate(True)
        reading = READ if self._sink == self._source else 0
        self._loop.change(self._sink, reading | (WRITE if self._outgoing else 0))

    def _on_ready(self, events):
        if events & ~WRITE:
            try:
                data = os.read(self._source, CHUNK_BYTES * 4)
            except BlockingIOError:
                return
            except OSError:
                os._exit(0)
            if not data:
                os._exit(0)
            self._incoming += data
            self._parse()

    def _parse(self):
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
            self._on_frame(kind, stream, payload)
        del self._incoming[:start]
