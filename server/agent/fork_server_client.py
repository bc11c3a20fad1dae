"""The agent's side of the fork server (fork_server.py): starts it and asks it to fork programs."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys

from launching import CANNOT_EXECUTE, close_from, open_null
from python_command import is_forkable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from event_loop import EventLoop
    from request_types import ProcessRequest

    Answer = Callable[[str | None], None]

IMPORT_SECONDS = 20
MESSAGE_BYTES = 128 << 10
PROGRAM = '/opt/agent/fork_server.py'


class ForkServer:
    """One fork server, from its start until it and the last program that it forked have ended."""

    def __init__(self, loop: EventLoop, modules: list[str], answer: Answer) -> None:
        """Starts it. Calls answer(None) once it has imported the modules, or answer(reason) when it could not."""
        self.modules, self.is_ready = modules, False
        self._loop, self._answer = loop, answer
        self._is_answered = self._is_over = False
        # By the program's number: the callbacks for when it is forked and when it has ended.
        self._waiting: dict[int, tuple[Callable[[int], None], Callable[[int], None]]] = {}
        self._count = 0
        self._socket, child_socket = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pid = os.fork()
        if self._pid == 0:
            _execute(child_socket, modules)
        child_socket.close()
        self._socket.setblocking(False)
        loop.watch(self._socket.fileno(), lambda _: self._on_message())
        loop.after(('import', self), IMPORT_SECONDS, self._on_import_timeout)

    def fork(
        self,
        request: ProcessRequest,
        descriptors: tuple[int, int, int],
        on_forked: Callable[[int], None],
        on_exit: Callable[[int], None],
    ) -> bool:
        """Asks it to fork the program. Returns False when the request is too long or cannot be sent."""
        self._count += 1
        number = self._count
        order = {'number': number, 'argv': request['argv'], 'env': request['env'], 'cwd': request['cwd']}
        message = json.dumps(order).encode()
        if len(message) > MESSAGE_BYTES:
            return False
        try:
            socket.send_fds(self._socket, [message], list(descriptors))
        except OSError:
            return False
        self._waiting[number] = (on_forked, on_exit)
        return True

    def retire(self) -> None:
        """Sends no more requests. Programs that it has forked keep running."""
        if not self._is_over:
            try:
                self._socket.shutdown(socket.SHUT_WR)
            except OSError:
                pass

    def _on_message(self) -> None:
        try:
            data = self._socket.recv(MESSAGE_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b''
        if not data:
            self._end('the fork server ended')
            return
        message: dict[str, int] = json.loads(data)
        if 'ready' in message:
            self.is_ready = True
            self._settle(None)
        elif 'pid' in message:
            self._waiting[message['number']][0](message['pid'])
        else:
            self._waiting.pop(message['number'])[1](message['code'])

    def _on_import_timeout(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        self._end('importing took too long')

    def _end(self, reason: str) -> None:
        """Treats it and all its programs as dead, because nothing else would report their exits."""
        self._loop.forget(self._socket.fileno())
        self._socket.close()
        self._is_over, self.is_ready = True, False
        for _, on_exit in list(self._waiting.values()):
            on_exit(-signal.SIGKILL)
        self._waiting.clear()
        self._settle(reason)

    def _settle(self, reason: str | None) -> None:
        """Calls the answer callback, once."""
        self._loop.cancel(('import', self))
        if not self._is_answered:
            self._is_answered = True
            self._answer(reason)


class ForkServers:
    """The current fork server, if any. A replaced one still reports its programs, and exits after the last of them."""

    def __init__(self, loop: EventLoop) -> None:
        self._loop = loop
        self._current: ForkServer | None = None

    def preload(self, modules: list[str], answer: Answer) -> None:
        """Starts a fork server with these modules imported, unless the current one has them.

        Calls answer(None) when it is ready, or answer(reason) when it could not start.
        """
        if self._current and self._current.is_ready and self._current.modules == modules:
            answer(None)
            return
        if self._current:
            self._current.retire()
        self._current = ForkServer(self._loop, modules, answer)

    def fork(
        self,
        request: ProcessRequest,
        descriptors: tuple[int, int, int],
        on_forked: Callable[[int], None],
        on_exit: Callable[[int], None],
    ) -> bool:
        """Asks the current fork server to fork the program. Returns False when there is none or it cannot run it."""
        current = self._current
        if not current or not current.is_ready or not is_forkable(request):
            return False
        return current.fork(request, descriptors, on_forked, on_exit)


def _execute(link: socket.socket, modules: list[str]) -> NoReturn:
    """In the forked child: executes a fresh interpreter, so that programs inherit none of the agent's memory."""
    try:
        null = open_null()
        for target, source in enumerate((null, null, 2, link.fileno())):
            os.dup2(source, target, inheritable=True)
        close_from(4)
        environment = {**os.environ, 'HOME': '/nonexistent'}  # so that no user site of the reader's is loaded
        os.chdir('/')
        os.execve(sys.executable, [sys.executable, PROGRAM, json.dumps(modules)], environment)
    finally:
        os._exit(CANNOT_EXECUTE)
