"""Byte streams between the server and a port of the container's own loopback."""

import errno
import os
import socket

from flow import Flow
from loop import READ, WRITE


class Tunnel(Flow):
    """One connection. Closed by `C` from either side; `F` ends one direction."""

    def __init__(self, tunnels, stream, port):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        super().__init__(tunnels.loop, tunnels.link, stream, self._socket.fileno())
        self._tunnels = tunnels
        self._connected = self._ending = self._ended = self._peer_ended = False
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        failure = self._socket.connect_ex(('127.0.0.1', port))
        if failure not in (0, errno.EINPROGRESS):
            self.close(os.strerror(failure))
            return
        self._loop.watch(self._fd, self._on_ready, WRITE, gated=True)

    def write(self, data):
        """Takes bytes from the server; the window keeps them few."""
        if not self._keep(data):
            self.close('the window was overrun')
        elif self._connected:
            self._push()

    def end(self):
        """The server writes no more."""
        self._ending = True
        if self._connected:
            self._push()

    def close(self, reason=None):
        """Ends both directions; tells the server, with the reason of a failure."""
        if self._tunnels.forget(self._stream):
            self._loop.forget(self._fd)
            self._socket.close()
            self._link.send(b'C', self._stream, (reason or '').encode())

    def _on_ready(self, events):
        if not self._connected:
            failure = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if failure:
                self.close(os.strerror(failure))
                return
            self._connected = True
            self._link.send(b'U', self._stream)
        if events & WRITE and not self._push():
            return
        if events & ~WRITE and self._window > 0 and not self._peer_ended:
            self._pull()
        elif events & ~(READ | WRITE):
            self.close()

    def _push(self):
        try:
            self._give()
        except OSError:
            self.close()
            return False
        if self._ending and not self._ended and not self._buffer:
            self._ended = True
            try:
                self._socket.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            if self._peer_ended:
                self.close()
                return False
        self._rearm()
        return True

    def _pull(self):
        try:
            self._peer_ended = not self._take()
        except BlockingIOError:
            return
        except OSError:
            self.close()
            return
        if self._peer_ended:
            self._link.send(b'F', self._stream)
            if self._ended:
                self.close()
                return
        self._rearm()

    def _wants_more(self):
        return not self._peer_ended

    def _rearm(self):
        if self._connected:
            super()._rearm()


class Tunnels:
    """All tunnels, by stream id."""

    def __init__(self, loop, link):
        self.loop, self.link = loop, link
        self._open = {}

    def open(self, stream, port):
        """Starts to connect; `T` says that it has, `C` that it cannot."""
        self._open[stream] = None  # a refusal comes from within the constructor
        tunnel = Tunnel(self, stream, port)
        if stream in self._open:
            self._open[stream] = tunnel

    def get(self, stream):
        """The open tunnel of that id, if any: a frame for a closed one is late, not wrong."""
        return self._open.get(stream)

    def forget(self, stream):
        """True once for each opened tunnel."""
        return self._open.pop(stream, self) is not self
