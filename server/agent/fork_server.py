"""An interpreter that has imported a page's packages, and forks one fresh `__main__` for each `python FILE …`.

Started by the agent as uid 0 of the container. What it forks drops to the reader before any of the reader's code is
read. It imports only what lies in the packages of the tutorials, because what it imports runs with its rights.
"""

from __future__ import annotations

import gc
import json
import os
import re
import select
import signal
import socket
import sys
from importlib.machinery import PathFinder

import fresh_main
from launching import CANNOT_EXECUTE, set_dumpable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

    from fresh_main import ForkOrder

AGENT = os.path.dirname(os.path.abspath(__file__))
MODULE_NAME = re.compile(r'[A-Za-z_]\w*(\.[A-Za-z_]\w*)*')
MESSAGE_BYTES = 128 << 10
WAKE_BYTES = 4096
_hidden_modules: list[ModuleType] = []


def hide_agent() -> None:
    """Takes the agent's modules out of sight: packages and programs may have modules of the same names."""
    sys.path.remove(AGENT)
    for name, module in list(sys.modules.items()):
        if name != '__main__' and os.path.dirname(getattr(module, '__file__', None) or '') == AGENT:
            _hidden_modules.append(sys.modules.pop(name))


def import_all(names: list[str]) -> list[str]:
    """Imports what there is of these. Returns the names that were skipped."""
    directories = [path for path in os.environ.get('PYTHONPATH', '').split(os.pathsep) if path]
    skipped: list[str] = []
    for name in names:
        try:
            if not MODULE_NAME.fullmatch(name) or not PathFinder.find_spec(name.partition('.')[0], directories):
                raise ImportError(name)
            __import__(name)
        except Exception:
            skipped.append(name)
    return skipped


def serve(link: socket.socket) -> None:
    """Forks programs until the agent wants no more and all of them have ended."""
    woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    children: dict[int, int] = {}  # pid -> number of the program
    sources: list[socket.socket | int] = [link, woken]
    while children or link in sources:
        for source in select.select(sources, [], [])[0]:
            if source is link:
                data, descriptors, _, _ = socket.recv_fds(link, MESSAGE_BYTES, 3)
                if data:
                    fork_program(link, json.loads(data), descriptors, children)
                else:
                    sources.remove(link)
            else:
                os.read(woken, WAKE_BYTES)
        report_ended(link, children)


def fork_program(link: socket.socket, order: ForkOrder, descriptors: list[int], children: dict[int, int]) -> None:
    """Forks one program, and tells its pid."""
    number = order['number']
    stdin, stdout, stderr = descriptors
    try:
        pid = os.fork()
    except OSError as error:
        os.write(stderr, f'cannot start a process: {error.strerror}\n'.encode())
        tell(link, {'number': number, 'code': CANNOT_EXECUTE})
    else:
        if pid == 0:
            fresh_main.run_file(order, (stdin, stdout, stderr))
        children[pid] = number
        tell(link, {'number': number, 'pid': pid})
    for fd in descriptors:
        os.close(fd)


def report_ended(link: socket.socket, children: dict[int, int]) -> None:
    """Tells the exit codes of programs that have ended: minus the signal where one ended it."""
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        if pid in children:
            tell(link, {'number': children.pop(pid), 'code': os.waitstatus_to_exitcode(status)})


def tell(link: socket.socket, message: dict[str, int]) -> None:
    """Sends one message; when the agent is gone, so is the container."""
    link.send(json.dumps(message).encode())


def main() -> None:
    """Imports, says so, serves."""
    set_dumpable(0)
    link = socket.socket(fileno=3)
    link.set_inheritable(False)
    hide_agent()
    import_all(json.loads(sys.argv[1]))
    sys.stdout.flush()
    gc.collect()
    gc.freeze()  # keeps the collector from touching, and so from copying, what programs share
    tell(link, {'ready': 1})
    serve(link)


main()
