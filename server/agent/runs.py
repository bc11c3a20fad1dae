"""Runs: processes with a time and an output limit, of which nothing is left when they have ended."""

import os
import time

import accounts
import sockets
from link import CHUNK_BYTES

CLEAR_SECONDS = 2
"""How long an ended run may take to be rid of its killed processes before it is reported all the same."""
KILL_AGAIN_SECONDS = 0.05
TICK_SECONDS = 0.005


class Run:
    """One started process. It ends once: its account is cleared, what it has written is drained, then its end is reported."""

    def __init__(self, runs, stream, request):
        self.name = request['account']
        self.account = accounts.ACCOUNTS[self.name]
        self.cut = None
        self._refused = False
        self._runs, self._loop, self._link = runs, runs.loop, runs.link
        self._stream, self._left = stream, request['outputBytes']
        self._pid = self._code = None
        self._started = time.monotonic()
        self._timeout = request['timeoutMs'] / 1000
        self._pipes = {}  # fd -> frame kind

    def start(self, request):
        """Forks the process, by the importer when it can."""
        out, err, null = os.pipe2(os.O_CLOEXEC), os.pipe2(os.O_CLOEXEC), accounts.open_null()
        try:
            if not self._runs.importer.fork(request, (null, out[1], err[1]), self.on_forked, self.on_exit):
                pid = os.fork()
                if pid == 0:
                    run_child(self.account, request, null, out[1], err[1])
                self.on_forked(pid)
        except OSError as error:
            self._link.send(b'S', self._stream, f'cannot start a process: {error.strerror}\n'.encode())
            self._code = 126
        for fd in (null, out[1], err[1]):
            os.close(fd)
        for fd, kind in ((out[0], b'O'), (err[0], b'S')):
            os.set_blocking(fd, False)
            self._pipes[fd] = kind
            self._loop.watch(fd, lambda _, fd=fd: self._read(fd), gated=True)
        self._loop.after(('timeout', self), self._timeout, lambda: self.end('timeout'))
        if self._code is not None:
            self._clear(time.monotonic())

    def on_forked(self, pid):
        """Notes the pid by which the agent or the importer knows the process."""
        self._pid = pid
        self._runs.by_pid[pid] = self

    def on_exit(self, code):
        """The process has ended: exit code, or minus the signal."""
        self._runs.by_pid.pop(self._pid, None)
        self._code = 128 - code if code < 0 else code
        self._clear(time.monotonic())

    def refuse(self, sentence):
        """Kills it for something that it did, and says so where its errors go."""
        if self._code is None and not self._refused:
            self._refused = True
            said = f'{sentence}\n'.encode()[: self._left]
            self._left -= len(said)
            self._link.send(b'S', self._stream, said)
            self.end(None)

    def end(self, cause):
        """Kills it, for the first cause given; again and again, for a fork may be on its way."""
        if self._code is not None:
            return
        self.cut = self.cut or cause
        self._kill()
        self._loop.after(('kill', self), KILL_AGAIN_SECONDS, lambda: self.end(cause))

    def _kill(self):
        if self.name == 'engine':
            if self._pid is not None:
                accounts.end_group(self.account, self._pid)
        else:
            accounts.end_all(self.account, self._runs.shares_uid(self.account))

    def _clear(self, since):
        self._kill()
        if self.name != 'engine' and accounts.members(self.account) and time.monotonic() - since < CLEAR_SECONDS:
            self._loop.after(('clear', self), TICK_SECONDS, lambda: self._clear(since))
            return
        sockets.collect()
        for key in ('timeout', 'kill', 'clear'):
            self._loop.cancel((key, self))
        # Not until end-of-file: a pipe may have been handed to a process that lives on.
        for fd in list(self._pipes):
            for _ in range(4):
                if fd in self._pipes and not self._read(fd):
                    break
            if fd in self._pipes:
                self._close(fd)
        self._runs.done(self._stream)
        took = (time.monotonic() - self._started) * 1000
        self._link.send_json(b'X', self._stream, {'exitCode': self._code, 'cut': self.cut, 'ms': took})

    def _read(self, fd):
        """Relays what there is, up to the limit; false when there is nothing more now."""
        try:
            data = os.read(fd, CHUNK_BYTES)
        except BlockingIOError:
            return False
        if not data:
            self._close(fd)
            return False
        if data[: self._left]:
            self._link.send(self._pipes[fd], self._stream, data[: self._left])
        over = len(data) > self._left
        self._left = max(0, self._left - len(data))
        if over:
            if self._code is None:
                self.end('output')
            self.cut = self.cut or 'output'
        return True

    def _close(self, fd):
        self._loop.forget(fd)
        del self._pipes[fd]
        os.close(fd)


def run_child(account, request, stdin, stdout, stderr):
    """In a forked child: becomes the account and runs the program. Never returns."""
    try:
        accounts.become(account, stdin, stdout, stderr)
        accounts.execute(request['argv'], request['env'], request['cwd'])
    finally:
        os._exit(126)


class Runs:
    """All runs of the container. At most one of the reader and one of the background account at a time."""

    def __init__(self, loop, link, importer, shares_uid):
        """`shares_uid` tells of an account whether another one with its uid is at work."""
        self.loop, self.link, self.importer, self.shares_uid = loop, link, importer, shares_uid
        self.by_pid = {}
        self._by_stream = {}

    def start(self, stream, request):
        """Starts a run under that stream id, with the agent's own environment plus the request's."""
        request['env'] = {**os.environ, **request.get('env', {})}
        request.setdefault('cwd', '/home/reader')
        run = self._by_stream[stream] = Run(self, stream, request)
        run.start(request)

    def kill(self, stream):
        """Ends a run by request; unknown ids are ignored, for it may just have ended."""
        if stream in self._by_stream:
            self._by_stream[stream].end('killed')

    def done(self, stream):
        """Forgets an ended run."""
        self._by_stream.pop(stream, None)

    def all(self):
        """Those that have not ended."""
        return list(self._by_stream.values())
