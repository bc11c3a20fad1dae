"""The agent's side of the fork server (fork_server.py): starts it, and has it fork programs."""

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
    """One fork server, from its start until it has ended with the last program that it forked."""

    def __init__(self, loop: EventLoop, modules: list[str], answer: Answer) -> None:
        """Starts it; answer(None) when it has imported, answer(reason) when it could not."""
        self.modules, self.is_ready = modules, False
        self._loop, self._answer = loop, answer
        self._is_answered = self._is_over = False
        # By number of the program: what to call when it is forked, and when it has ended.
        self._waiting: dict[int, tuple[Callable[[int], None], Callable[[int], None]]] = {}
        self._count = 0
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pid = os.fork()
        if self._pid == 0:
            _execute(theirs, modules)
        theirs.close()
        self._socket.setblocking(False)
        loop.watch(self._socket.fileno(), lambda _: self._on_message())
        loop.after(('import', self), IMPORT_SECONDS, self._on_late)

    def fork(
        self,
        request: ProcessRequest,
        descriptors: tuple[int, int, int],
        on_forked: Callable[[int], None],
        on_exit: Callable[[int], None],
    ) -> bool:
        """Has it fork the program. Returns False when the request cannot be handed over."""
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
        """Sends it no more requests; what it forked goes on."""
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

    def _on_late(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        self._end('importing took too long')

    def _end(self, reason: str) -> None:
        """Takes it for dead, and with it all that it forked: nobody else would tell of their end."""
        self._loop.forget(self._socket.fileno())
        self._socket.close()
        self._is_over, self.is_ready = True, False
        for _, on_exit in list(self._waiting.values()):
            on_exit(-signal.SIGKILL)
        self._waiting.clear()
        self._settle(reason)

    def _settle(self, reason: str | None) -> None:
        """Answers, once."""
        self._loop.cancel(('import', self))
        if not self._is_answered:
            self._is_answered = True
            self._answer(reason)


class ForkServers:
    """At most one is current. A replaced one tells of the programs that it forked, and ends with the last."""

    def __init__(self, loop: EventLoop) -> None:
        self._loop = loop
        self._current: ForkServer | None = None

    def preload(self, modules: list[str], answer: Answer) -> None:
        """Has the next programs start with these modules imported; answer(reason) when that cannot be."""
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
        """Has the current one fork the program. Returns False when there is none, or when it cannot run this one."""
        current = self._current
        if not current or not current.is_ready or not is_forkable(request):
            return False
        return current.fork(request, descriptors, on_forked, on_exit)


def _execute(link: socket.socket, modules: list[str]) -> NoReturn:
    """In the forked child: a fresh interpreter, so that programs inherit nothing of the agent's memory."""
    try:
        null = open_null()
        for target, source in enumerate((null, null, 2, link.fileno())):
            os.dup2(source, target, inheritable=True)
        close_from(4)
        environment = {**os.environ, 'HOME': '/nonexistent'}  # no user site of the reader's making
        os.chdir('/')
        os.execve(sys.executable, [sys.executable, PROGRAM, json.dumps(modules)], environment)
    finally:
        os._exit(CANNOT_EXECUTE)
