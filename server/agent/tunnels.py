"""Byte streams between the server and a port on the container's loopback interface."""

from __future__ import annotations

import errno
import os
import socket

from event_loop import READ, WRITE
from frame_protocol import CLOSE, END, OPENED
from windowed_stream import WindowedStream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from event_loop import EventLoop
    from server_connection import ServerConnection


class Tunnel(WindowedStream):
    """One connection. A CLOSE from either side ends it; an END ends one direction."""

    def __init__(self, tunnels: Tunnels, stream: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        super().__init__(tunnels.loop, tunnels.connection, stream, self._socket.fileno())
        self._tunnels = tunnels
        self._is_connected = self._is_ending = self._has_ended = self._has_peer_ended = False
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def connect(self, port: int) -> None:
        """Starts to connect to a port on 127.0.0.1."""
        failure = self._socket.connect_ex(('127.0.0.1', port))
        if failure in (0, errno.EINPROGRESS):
            self._loop.watch(self._fd, self._on_ready, WRITE, is_gated=True)
        else:
            self.close(os.strerror(failure))

    def on_data(self, data: bytes) -> None:
        """Takes bytes from the server. More than the window allows closes the tunnel."""
        if not self._queue(data):
            self.close('the window was overrun')
        elif self._is_connected:
            self._push()

    def on_end(self) -> None:
        """Ends the direction to the peer, after what is queued: the server sends nothing more."""
        self._is_ending = True
        if self._is_connected:
            self._push()

    def on_close(self) -> None:
        """Closes the tunnel, because the server has closed it."""
        self.close()

    def close(self, reason: str = '') -> None:
        """Ends both directions and notifies the server, with the reason when it is a failure."""
        if self._tunnels.forget(self._stream):
            self._loop.forget(self._fd)
            self._socket.close()
            self._connection.send(CLOSE, self._stream, reason.encode())

    def _on_ready(self, events: int) -> None:
        if not self._is_connected:
            failure = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if failure:
                self.close(os.strerror(failure))
                return
            self._is_connected = True
            self._connection.send(OPENED, self._stream)
        if events & WRITE and not self._push():
            return
        if events & ~WRITE and self._window > 0 and not self._has_peer_ended:
            self._pull()
        elif events & ~(READ | WRITE):
            self.close()

    def _push(self) -> bool:
        """Writes what is queued, then ends this direction if that was asked for. Returns False once it is closed."""
        try:
            self._write_queued()
        except OSError:
            self.close()
            return False
        if self._is_ending and not self._has_ended and not self._to_write:
            self._has_ended = True
            try:
                self._socket.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            if self._has_peer_ended:
                self.close()
                return False
        self._watch_again()
        return True

    def _pull(self) -> None:
        """Relays what the peer wrote, or END when the peer has finished writing."""
        try:
            self._has_peer_ended = not self._relay()
        except BlockingIOError:
            return
        except OSError:
            self.close()
            return
        if self._has_peer_ended:
            self._connection.send(END, self._stream)
            if self._has_ended:
                self.close()
                return
        self._watch_again()

    def _wants_input(self) -> bool:
        return not self._has_peer_ended

    def _watch_again(self) -> None:
        if self._is_connected:
            super()._watch_again()


class Tunnels:
    """All open tunnels, by stream id."""

    def __init__(self, loop: EventLoop, connection: ServerConnection) -> None:
        self.loop, self.connection = loop, connection
        self._by_stream: dict[int, Tunnel] = {}

    def open(self, stream: int, port: int) -> None:
        """Opens a tunnel to a port. OPENED follows when it is connected, CLOSE when that fails."""
        tunnel = self._by_stream[stream] = Tunnel(self, stream)
        tunnel.connect(port)

    def get(self, stream: int) -> Tunnel | None:
        """Returns the open tunnel with that id, or None: frames may still arrive for one that has closed."""
        return self._by_stream.get(stream)

    def forget(self, stream: int) -> bool:
        """Removes a tunnel. Returns False when it was already removed."""
        return self._by_stream.pop(stream, None) is not None
