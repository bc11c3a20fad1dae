"""The engine: one long-lived process under its own account, and its last words."""

import os

import accounts
from link import CHUNK_BYTES

LOG_BYTES = 8 << 10


class Engine:
    """Started once. When its main process ends, all of its account does, and the server is told."""

    def __init__(self, loop, link):
        self._loop, self._link = loop, link
        self._log = bytearray()
        self._reader = None
        self.pid = None

    def start(self, request):
        """Forks it; raises OSError when that cannot be, or when it was started before."""
        if self._reader is not None:
            raise OSError(0, 'the engine was started before')
        self._reader, writer = os.pipe2(os.O_CLOEXEC)
        null = accounts.open_null()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                accounts.become(accounts.ACCOUNTS['engine'], null, writer, writer)
                accounts.execute(request['argv'], {**os.environ, 'HOME': '/run/engine', **request['env']}, '/run/engine')
            finally:
                os._exit(126)
        os.close(writer)
        os.close(null)
        os.set_blocking(self._reader, False)
        self._loop.watch(self._reader, lambda _: self._read())

    def on_exit(self, code):
        """The main process has ended: exit code, or minus the signal."""
        self.pid = None
        accounts.end_all(accounts.ACCOUNTS['engine'], False)
        while self._read():
            pass
        log = self._log.decode(errors='replace')
        self._link.send_json(b'Q', 0, {'exitCode': 128 - code if code < 0 else code, 'log': log})

    def _read(self):
        try:
            data = os.read(self._reader, CHUNK_BYTES)
        except BlockingIOError:
            return False
        if not data:
            self._loop.forget(self._reader)
            return False
        self._log += data
        del self._log[:-LOG_BYTES]
        return True
