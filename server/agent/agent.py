"""PID 1 of a container: starts the engine and programs, relays their bytes, reads and writes files for the server.

Trusted, and small so that it can be read. It holds one socket to the server and imports nothing of a reader's. When
that socket closes the agent ends, and the kernel ends everything else in the container. Words that it is started with:

- `stdio`: the socket is its stdin and stdout, for a runtime that hands down no other. Else it is descriptor 3.
- `gvisor`: the container's kernel is gVisor's, which leaves some things undone.

Why it is not asyncio, but an epoll loop of 130 lines:

- Its programs are not its children alone. Many are forked by the fork server, a sibling of theirs, and as PID 1 the
  agent inherits every orphan and must reap it, by waitpid(-1). asyncio's subprocesses are children that nobody but its
  own watchers may wait for.
- It forks itself and goes on in the child, to become an account before it executes. That is safe in a process of one
  thread. A running asyncio loop does not survive a fork, and may have threads (before Python 3.12, for its children).
- It takes on another uid for moments, to signal and to open files with that account's rights (borrowed_rights.py). That
  holds for the whole process, so no other code may run in between.
- Every sandbox has one, and readers wait for it: importing asyncio takes 30 ms and 10 MiB, more than all of the agent.
"""

from __future__ import annotations

import os
import resource
import signal
import sys

sys.path.insert(0, '/opt/agent')
from engine import Engine
from event_loop import EventLoop
from fork_server_client import ForkServers
from frame_protocol import HELLO
from gvisor_terminal import GvisorTerminal
from launching import open_null, set_dumpable, set_oom_score
from processes import Processes
from running_programs import RunningPrograms
from server_connection import ServerConnection
from server_requests import ServerRequests
from terminal import Terminal
from terminals import Terminals
from tunnels import Tunnels

SOCKET = 3
WAKE_BYTES = 4096


class Agent:
    """Puts the parts together, and serves."""

    def __init__(self, source: int, sink: int, is_gvisor: bool) -> None:
        """Source and sink are the descriptors of the socket to the server."""
        self._loop = EventLoop()
        self._connection = ServerConnection(source, sink, self._loop)
        self._engine = Engine(self._loop, self._connection)
        self._running = RunningPrograms(self._loop)
        fork_servers = ForkServers(self._loop)
        terminal_class = GvisorTerminal if is_gvisor else Terminal
        requests = ServerRequests(
            self._connection,
            self._engine,
            fork_servers,
            Processes(self._loop, self._connection, fork_servers, self._running),
            self._running,
            Terminals(self._loop, self._connection, self._running, terminal_class),
            Tunnels(self._loop, self._connection),
        )
        self._connection.receive(requests.handle)

    def serve(self) -> None:
        """Says hello and serves until the server is gone."""
        woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # PID 1 has no default actions: nothing inside can interrupt it

        def on_wake(_: int) -> None:
            os.read(woken, WAKE_BYTES)
            self._reap()

        self._loop.watch(woken, on_wake)
        self._connection.send_json(HELLO, 0, confinement())
        while True:
            self._connection.flush()
            self._loop.turn()

    def _reap(self) -> None:
        """Collects ended children, including those of others: PID 1 inherits every orphan."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            code = os.waitstatus_to_exitcode(status)
            if pid == self._engine.pid:
                self._engine.on_exit(code)
            elif program := self._running.by_pid(pid):
                program.on_exit(code)


def confinement() -> dict[str, str | int]:
    """Returns what the kernel says about this process, for the server to check."""
    with open('/proc/self/status') as file:
        lines = dict(line.rstrip('\n').split(':\t', 1) for line in file if ':\t' in line)
    fields = ('Seccomp', 'NoNewPrivs', 'CapEff', 'CapBnd')
    return {**{key: lines.get(key, '').strip() for key in fields}, 'pid': os.getpid()}


def take_descriptors() -> tuple[int, int]:
    """Returns where frames come from and go to. No child inherits either."""
    if 'stdio' not in sys.argv[1:]:
        os.set_inheritable(SOCKET, False)
        return SOCKET, SOCKET
    source, sink = os.dup(0), os.dup(1)
    os.dup2(open_null(), 0)
    os.dup2(2, 1)
    return source, sink


if __name__ == '__main__':
    set_dumpable(0)
    set_oom_score(0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Agent(*take_descriptors(), 'gvisor' in sys.argv[1:]).serve()
