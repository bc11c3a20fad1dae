"""Processes with limits on time and output, which leave no other process behind when they end."""

from __future__ import annotations

import os
import time

import socket_limit
from accounts import ACCOUNTS
from frame_protocol import CHUNK_BYTES, EXIT, STDERR, STDOUT
from killing import kill_account, kill_group
from launching import CANNOT_EXECUTE, launch, open_input
from process_list import processes_of_account

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from event_loop import EventLoop
    from fork_server_client import ForkServers
    from request_types import ProcessRequest
    from running_programs import RunningPrograms
    from server_connection import ServerConnection

    Cut = Literal['timeout', 'output', 'killed']

# How long to wait for an ended process's killed children to disappear before its end is reported anyway.
CLEAR_SECONDS = 2
CLEAR_TICK_SECONDS = 0.005
KILL_AGAIN_SECONDS = 0.05
# How many chunks are read from an ended process's pipes: more than a pipe can hold.
LAST_CHUNKS = 4


class Process:
    """One started process.

    It ends once: the rest of its account is killed, the remaining output is relayed, then the end is reported.
    """

    def __init__(self, processes: Processes, stream: int, request: ProcessRequest) -> None:
        self.account = ACCOUNTS[request['account']]
        self.pid: int | None = None
        self._processes, self._stream = processes, stream
        self._loop, self._connection = processes.loop, processes.connection
        self._left_bytes = request['outputBytes']
        self._timeout_seconds = request['timeoutMs'] / 1000
        self._started = time.monotonic()
        self._code: int | None = None
        self._cut: Cut | None = None
        self._is_blamed = False
        self._pipes: dict[int, bytes] = {}  # descriptor -> kind of frame

    def start(self, request: ProcessRequest) -> None:
        """Forks the process, by way of the fork server when it can run this command."""
        out, err = os.pipe2(os.O_CLOEXEC), os.pipe2(os.O_CLOEXEC)
        descriptors = (open_input(request['input']), out[1], err[1])
        try:
            if not self._processes.fork_servers.fork(request, descriptors, self.on_forked, self.on_exit):
                pid = os.fork()
                if pid == 0:
                    launch(self.account, request['argv'], request['env'], request['cwd'], descriptors)
                self.on_forked(pid)
        except OSError as error:
            message = f'cannot start a process: {error.strerror}\n'
            self._connection.send(STDERR, self._stream, message.encode())
            self._code = CANNOT_EXECUTE
        for fd in descriptors:
            os.close(fd)
        for fd, kind in ((out[0], STDOUT), (err[0], STDERR)):
            os.set_blocking(fd, False)
            self._pipes[fd] = kind
            self._loop.watch(fd, lambda _, fd=fd: self._read(fd), is_gated=True)
        self._loop.after(('timeout', self), self._timeout_seconds, lambda: self.end('timeout'))
        if self._code is not None:
            self._clear(time.monotonic())

    def on_forked(self, pid: int) -> None:
        """Stores the pid of the forked process."""
        self.pid = pid

    def on_exit(self, code: int) -> None:
        """Handles the end of the process, with its exit code or minus the signal that killed it."""
        self.pid = None
        self._code = 128 - code if code < 0 else code
        self._clear(time.monotonic())

    def kill_because(self, sentence: str) -> None:
        """Kills the process because the sandbox broke a limit, and writes the sentence to its stderr."""
        if self._code is None and not self._is_blamed:
            self._is_blamed = True
            said = f'{sentence}\n'.encode()[: self._left_bytes]
            self._left_bytes -= len(said)
            self._connection.send(STDERR, self._stream, said)
            self.end(None)

    def end(self, cause: Cut | None) -> None:
        """Kills the process, repeatedly, because a fork may be in progress. The first cause given is reported."""
        if self._code is not None:
            return
        self._cut = self._cut or cause
        self._kill()
        self._loop.after(('kill', self), KILL_AGAIN_SECONDS, lambda: self.end(cause))

    def _kill(self) -> None:
        if self.account.is_readers:
            kill_account(self.account, self._processes.running.is_uid_shared(self.account))
        elif self.pid is not None:
            kill_group(self.account, self.pid)

    def _clear(self, since: float) -> None:
        """Kills the rest of the account until nothing is left or time is up, then reports the end."""
        self._kill()
        is_in_time = time.monotonic() - since < CLEAR_SECONDS
        if self.account.is_readers and is_in_time and processes_of_account(self.account):
            self._loop.after(('clear', self), CLEAR_TICK_SECONDS, lambda: self._clear(since))
            return
        socket_limit.collect_garbage()
        for key in ('timeout', 'kill', 'clear'):
            self._loop.cancel((key, self))
        self._drain()
        self._processes.forget(self._stream)
        milliseconds = (time.monotonic() - self._started) * 1000
        end = {'exitCode': self._code, 'cut': self._cut, 'ms': milliseconds}
        self._connection.send_json(EXIT, self._stream, end)

    def _drain(self) -> None:
        """Relays the remaining output. Does not wait for end of file: another process may have the pipe open."""
        for fd in list(self._pipes):
            for _ in range(LAST_CHUNKS):
                if fd in self._pipes and not self._read(fd):
                    break
            if fd in self._pipes:
                self._close(fd)

    def _read(self, fd: int) -> bool:
        """Relays one chunk, up to the output limit. Returns False when there is nothing to read."""
        try:
            data = os.read(fd, CHUNK_BYTES)
        except BlockingIOError:
            return False
        if not data:
            self._close(fd)
            return False
        relayed = data[: self._left_bytes]
        if relayed:
            self._connection.send(self._pipes[fd], self._stream, relayed)
            self._left_bytes -= len(relayed)
        if len(relayed) < len(data):
            self.end('output')
            self._cut = self._cut or 'output'
        return True

    def _close(self, fd: int) -> None:
        self._loop.forget(fd)
        del self._pipes[fd]
        os.close(fd)


class Processes:
    """All processes, by stream id. The server runs at most one as the reader and one as the background account."""

    def __init__(
        self, loop: EventLoop, connection: ServerConnection, fork_servers: ForkServers, running: RunningPrograms
    ) -> None:
        self.loop, self.connection, self.fork_servers, self.running = loop, connection, fork_servers, running
        self._by_stream: dict[int, Process] = {}

    def start(self, stream: int, request: ProcessRequest) -> None:
        """Starts a process under that stream id, with the agent's own environment plus the request's."""
        request['env'] = {**os.environ, **request.get('env', {})}
        request.setdefault('cwd', '/home/reader')
        request.setdefault('input', '')
        process = self._by_stream[stream] = Process(self, stream, request)
        self.running.add(process)
        process.start(request)

    def kill(self, stream: int) -> None:
        """Kills a process on request. Unknown ids are ignored: the process may just have ended."""
        if stream in self._by_stream:
            self._by_stream[stream].end('killed')

    def forget(self, stream: int) -> None:
        """Removes a process that has ended."""
        self.running.remove(self._by_stream.pop(stream))
