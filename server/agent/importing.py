"""The agent's side of the importer: an interpreter of its own that has the page's packages imported and forks runs."""

import json
import os
import socket
import sys

import accounts
from loop import READ

IMPORT_SECONDS = 20
MESSAGE_BYTES = 128 << 10
PROGRAM = '/opt/agent/importer.py'


class Importer:
    """At most one is current. A replaced one reports the runs that it forked, and goes with the last."""

    def __init__(self, loop):
        self._loop = loop
        self._socket = None
        self._ready = False
        self._modules = None
        self._waiting = {}  # run number -> (on_forked, on_exit)
        self._count = 0

    def preload(self, modules, answer):
        """Starts an importer; answer(None) when it has imported, answer(reason) when it could not."""
        if self._ready and modules == self._modules:
            answer(None)
            return
        self.retire()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.fork()
        if pid == 0:
            self._execute(theirs, modules)
        theirs.close()
        ours.setblocking(False)
        self._socket, self._modules = ours, modules
        waiting = self._waiting = {}

        def settle(reason):
            nonlocal answer
            self._loop.cancel(('import', pid))
            answer, told = None, answer
            if told:
                told(reason)

        def fail(reason):
            self._loop.forget(ours.fileno())
            ours.close()
            if self._socket is ours:
                self._socket, self._ready = None, False
            for _, on_exit in list(waiting.values()):
                on_exit(-9)
            waiting.clear()
            settle(reason)

        def on_message(_):
            try:
                data = ours.recv(MESSAGE_BYTES)
            except BlockingIOError:
                return
            except OSError:
                data = b''
            if not data:
                fail('the importer ended')
                return
            message = json.loads(data)
            if 'ready' in message:
                self._ready = self._ready or self._socket is ours  # an older one may be late
                settle(None)
            elif 'pid' in message:
                waiting[message['run']][0](message['pid'])
            else:
                waiting.pop(message['run'])[1](message['code'])

        self._loop.watch(ours.fileno(), on_message, READ)
        self._loop.after(('import', pid), IMPORT_SECONDS, lambda: (os.kill(pid, 9), fail('importing took too long')))

    def fork(self, request, descriptors, on_forked, on_exit):
        """Has the importer fork `python FILE …` of the reader; false when this request is not for it, or it is not there."""
        argv, env = request['argv'], request['env']
        if not self._ready or request['account'] != 'reader' or len(argv) < 2:
            return False
        if argv[0] not in ('python', 'python3') or argv[1].startswith('-'):
            return False
        if any(key.startswith('PYTHON') and env[key] != os.environ.get(key) for key in env):
            return False  # such a variable would have been read when the interpreter started
        self._count += 1
        message = json.dumps({'run': self._count, 'argv': argv, 'env': env, 'cwd': request['cwd']}).encode()
        if len(message) > MESSAGE_BYTES:
            return False
        try:
            socket.send_fds(self._socket, [message], list(descriptors))
        except OSError:
            return False
        self._waiting[self._count] = (on_forked, on_exit)
        return True

    def retire(self):
        """Takes no more requests; what it forked goes on."""
        if self._socket:
            try:
                self._socket.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            self._socket, self._ready = None, False

    def _execute(self, theirs, modules):
        """In the forked child: a fresh interpreter, so that runs inherit nothing of the agent's memory."""
        try:
            null = accounts.open_null()
            for target, source in enumerate((null, null, 2, theirs.fileno())):
                os.dup2(source, target, inheritable=True)
            os.closerange(4, 8192)
            environment = {**os.environ, 'HOME': '/nonexistent'}  # no user site of the reader's making
            os.chdir('/')
            os.execve(sys.executable, [sys.executable, PROGRAM, json.dumps(modules)], environment)
        finally:
            os._exit(126)
