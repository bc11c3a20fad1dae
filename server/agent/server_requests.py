"""Handles the server's frames: one method for each kind."""

from __future__ import annotations

import errno
import json
import struct

import files
from frame_protocol import (
    CHUNK_BYTES,
    CLOSE,
    DATA,
    END,
    FILE_BYTES,
    KILL_PROCESS,
    KILL_READER,
    NO,
    OPEN_TERMINAL,
    OPEN_TUNNEL,
    PING,
    PRELOAD,
    READ_FILE,
    RESIZE,
    START_ENGINE,
    START_PROCESS,
    TAKEN,
    WRITE_FILE,
    YES,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from engine import Engine
    from fork_server_client import ForkServers
    from processes import Processes
    from request_types import FileToRead, FileToWrite
    from running_programs import RunningPrograms
    from server_connection import ServerConnection
    from terminals import Terminals
    from tunnels import Tunnels
    from windowed_stream import WindowedStream

MAX_REASON_BYTES = 1024
# Payloads: a length or count of bytes, a port, and a terminal's columns and rows.
_COUNT, _PORT, _SIZE = struct.Struct('!I'), struct.Struct('!H'), struct.Struct('!HH')


class ServerRequests:
    """Dispatches the server's frames to the parts of the agent."""

    def __init__(
        self,
        connection: ServerConnection,
        engine: Engine,
        fork_servers: ForkServers,
        processes: Processes,
        running: RunningPrograms,
        terminals: Terminals,
        tunnels: Tunnels,
    ) -> None:
        self._connection, self._engine, self._fork_servers = connection, engine, fork_servers
        self._processes, self._running, self._terminals, self._tunnels = processes, running, terminals, tunnels
        self._methods: dict[bytes, Callable[[int, bytes], object]] = {
            PING: lambda stream, _: connection.send(PING, stream),
            START_PROCESS: self._start_process,
            KILL_PROCESS: lambda stream, _: processes.kill(stream),
            KILL_READER: lambda _, data: running.kill_readers(data.decode()),
            PRELOAD: self._preload,
            START_ENGINE: self._start_engine,
            WRITE_FILE: self._write_file,
            READ_FILE: self._read_file,
            OPEN_TERMINAL: self._open_terminal,
            RESIZE: self._resize,
            OPEN_TUNNEL: lambda stream, data: tunnels.open(stream, *_PORT.unpack(data)),
            DATA: self._on_data,
            TAKEN: self._on_taken,
            END: self._on_end,
            CLOSE: self._on_close,
        }

    def handle(self, kind: bytes, stream: int, data: bytes) -> None:
        """Handles one frame from the server."""
        self._methods[kind](stream, data)

    def _start_process(self, stream: int, data: bytes) -> None:
        self._processes.start(stream, json.loads(data))
        self._running.watch_sockets()

    def _open_terminal(self, stream: int, data: bytes) -> None:
        self._terminals.start(stream, json.loads(data))
        self._running.watch_sockets()

    def _resize(self, stream: int, data: bytes) -> None:
        """Resizes a terminal, and acknowledges it so that the server may send the next size."""
        terminal = self._terminals.get(stream)
        if terminal:
            terminal.resize(*_SIZE.unpack(data))
            self._connection.send(RESIZE, stream)

    def _stream(self, stream: int) -> WindowedStream | None:
        """Returns the tunnel or terminal with that id, or None when it has closed: late frames for it are ignored."""
        return self._tunnels.get(stream) or self._terminals.get(stream)

    def _on_data(self, stream: int, data: bytes) -> None:
        if target := self._stream(stream):
            target.on_data(data)

    def _on_taken(self, stream: int, data: bytes) -> None:
        if target := self._stream(stream):
            target.on_taken(*_COUNT.unpack(data))

    def _on_end(self, stream: int, _: bytes) -> None:
        if target := self._stream(stream):
            target.on_end()

    def _on_close(self, stream: int, _: bytes) -> None:
        if target := self._stream(stream):
            target.on_close()

    def _preload(self, stream: int, data: bytes) -> None:
        self._fork_servers.preload(json.loads(data), lambda reason: self._answer(stream, reason))

    def _start_engine(self, stream: int, data: bytes) -> None:
        try:
            self._engine.start(json.loads(data))
        except OSError as error:
            self._answer(stream, error.strerror)
        else:
            self._answer(stream)

    def _write_file(self, stream: int, data: bytes) -> None:
        """Writes a file. The payload is the length of a JSON head, the head, and the file's bytes."""
        (length,) = _COUNT.unpack_from(data)
        begin = _COUNT.size + length
        head: FileToWrite = json.loads(data[_COUNT.size : begin])
        try:
            files.write_file(head['account'], head['path'], head['mode'], data[begin:])
        except (OSError, ValueError) as error:
            self._answer(stream, _reason_for(error))
        else:
            self._answer(stream)

    def _read_file(self, stream: int, data: bytes) -> None:
        """Sends a file's bytes in chunks, followed by YES."""
        request: FileToRead = json.loads(data)
        try:
            content = files.read_file(request['account'], request['path'], request['maxBytes'])
        except (OSError, ValueError) as error:
            self._answer(stream, _reason_for(error))
            return
        for begin in range(0, len(content), CHUNK_BYTES):
            self._connection.send(FILE_BYTES, stream, content[begin : begin + CHUNK_BYTES])
        self._answer(stream)

    def _answer(self, stream: int, refusal: str | None = None) -> None:
        """Sends YES, or NO with the reason."""
        if refusal is None:
            self._connection.send(YES, stream)
        else:
            self._connection.send(NO, stream, refusal.encode()[:MAX_REASON_BYTES])


def _reason_for(error: OSError | ValueError) -> str:
    """Returns why a file was refused: the name of the errno, such as ENOSPC, or else the error's message.

    A ValueError means that no file can have that name, because of a NUL or half a character.
    """
    if not isinstance(error, OSError):
        return 'no-name'
    return errno.errorcode.get(error.errno, str(error)) if error.errno else str(error)
