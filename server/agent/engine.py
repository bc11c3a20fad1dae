"""The database engine: one long-lived process under its own account, and the end of its output."""

from __future__ import annotations

import os

from accounts import ENGINE
from frame_protocol import CHUNK_BYTES, ENGINE_EXIT
from killing import kill_account
from launching import launch, open_null

TYPE_CHECKING = False
if TYPE_CHECKING:
    from event_loop import EventLoop
    from request_types import EngineRequest
    from server_connection import ServerConnection

# How much of the end of the engine's output is kept, for the report of its exit.
LOG_BYTES = 8 << 10
DIRECTORY = '/run/engine'


class Engine:
    """The engine's process, started at most once.

    When the main process ends, everything else of its account is killed and the server is notified.
    """

    def __init__(self, loop: EventLoop, connection: ServerConnection) -> None:
        self._loop, self._connection = loop, connection
        self._log = bytearray()
        self._output: int | None = None
        self.pid: int | None = None

    def start(self, request: EngineRequest) -> None:
        """Forks the engine. Raises OSError when the fork fails or the engine was already started."""
        if self._output is not None:
            raise OSError(0, 'the engine was already started')
        self._output, writer = os.pipe2(os.O_CLOEXEC)
        null = open_null()
        self.pid = os.fork()
        if self.pid == 0:
            environment = {**os.environ, 'HOME': DIRECTORY, **request['env']}
            launch(ENGINE, request['argv'], environment, DIRECTORY, (null, writer, writer))
        os.close(writer)
        os.close(null)
        os.set_blocking(self._output, False)
        self._loop.watch(self._output, lambda _: self._read())

    def on_exit(self, code: int) -> None:
        """Reports that the main process has ended, with its exit code or minus the signal that killed it."""
        self.pid = None
        kill_account(ENGINE, False)
        while self._read():
            pass
        log = self._log.decode(errors='replace')
        self._connection.send_json(ENGINE_EXIT, 0, {'exitCode': 128 - code if code < 0 else code, 'log': log})

    def _read(self) -> bool:
        """Reads one chunk of output and keeps its end. Returns False when there is nothing to read."""
        if self._output is None:
            return False
        try:
            data = os.read(self._output, CHUNK_BYTES)
        except BlockingIOError:
            return False
        if not data:
            self._loop.forget(self._output)
            return False
        self._log += data
        del self._log[:-LOG_BYTES]
        return True
