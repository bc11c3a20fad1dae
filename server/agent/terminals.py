"""All open terminals, by stream id."""

from __future__ import annotations

import os

from frame_protocol import DATA, EXIT, OPENED
from launching import CANNOT_EXECUTE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from event_loop import EventLoop
    from request_types import TerminalRequest
    from running_programs import RunningPrograms
    from server_connection import ServerConnection
    from terminal import Terminal

ENVIRONMENT = {'TERM': 'xterm-256color', 'COLORTERM': 'truecolor'}


class Terminals:
    """Opens terminals of the given class."""

    def __init__(
        self, loop: EventLoop, connection: ServerConnection, running: RunningPrograms, terminal_class: type[Terminal]
    ) -> None:
        self.loop, self.connection, self.running = loop, connection, running
        self._terminal_class = terminal_class
        self._by_stream: dict[int, Terminal] = {}

    def start(self, stream: int, request: TerminalRequest) -> None:
        """Opens a terminal. On failure, sends the reason as the terminal's output and ends it."""
        request['env'] = {**os.environ, **ENVIRONMENT, **request.get('env', {})}
        request.setdefault('cwd', '/home/reader')
        try:
            terminal = self._terminal_class(self, stream, request)
        except OSError as error:
            self.connection.send(OPENED, stream)
            self.connection.send(DATA, stream, f'cannot open a terminal: {error.strerror}\r\n'.encode())
            self.connection.send_json(EXIT, stream, {'exitCode': CANNOT_EXECUTE})
        else:
            self._by_stream[stream] = terminal
            self.running.add(terminal)

    def get(self, stream: int) -> Terminal | None:
        """Returns the terminal with that id, or None when it has ended."""
        return self._by_stream.get(stream)

    def forget(self, stream: int) -> None:
        """Removes a terminal that has ended."""
        self.running.remove(self._by_stream.pop(stream))
