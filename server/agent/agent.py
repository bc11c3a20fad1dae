"""PID 1 of a container: starts the engine and programs, relays their output, reads and writes files for the server.

It is trusted, and kept small so that it can be reviewed. It holds one socket to the server and never imports a
reader's code. When that socket closes, the agent exits and the kernel kills everything else in the container.
Its arguments:

- `stdio`: the connection is stdin and stdout, for runtimes that pass no other descriptors. Else it is descriptor 3.
- `gvisor`: the container's kernel is gVisor, which lacks some terminal features.

Why it uses its own small epoll loop and not asyncio:

- The programs it watches are not only its own children. Many are forked by the fork server, and as PID 1 the agent
  inherits every orphan and must reap it with waitpid(-1). asyncio expects to be the only one that waits for its
  subprocesses.
- It forks itself and continues in the child, which switches to an account before it executes the program. That is safe
  in a single-threaded process. A running asyncio loop does not survive a fork, and may have threads (before Python
  3.12, one per child).
- It switches to another uid for short moments, to send signals and open files with that account's rights
  (borrowed_rights.py). The switch affects the whole process, so no other code may run in between.
- Every sandbox starts one, and readers wait for it. Importing asyncio takes 30 ms and 10 MiB, more than the agent does.
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
    """Connects the agent's parts and runs the main loop."""

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
        """Sends HELLO, then handles events. Never returns: the process exits when the server's socket closes."""
        woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # which PID 1 ignores

        def on_wake(_: int) -> None:
            os.read(woken, WAKE_BYTES)
            self._reap()

        self._loop.watch(woken, on_wake)
        self._connection.send_json(HELLO, 0, confinement())
        while True:
            self._connection.flush()
            self._loop.turn()

    def _reap(self) -> None:
        """Reaps ended children, including orphans, which PID 1 inherits."""
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
    """Returns this process's pid, and its seccomp mode and capabilities as in /proc/self/status, for the server."""
    with open('/proc/self/status') as file:
        lines = dict(line.rstrip('\n').split(':\t', 1) for line in file if ':\t' in line)
    fields = ('Seccomp', 'NoNewPrivs', 'CapEff', 'CapBnd')
    return {**{key: lines.get(key, '').strip() for key in fields}, 'pid': os.getpid()}


def take_descriptors() -> tuple[int, int]:
    """Returns the descriptors that frames are read from and written to. Children do not inherit them."""
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
