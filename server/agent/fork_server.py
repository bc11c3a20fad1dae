"""An interpreter with a page's packages already imported, which forks a child for each `python FILE …`.

The agent starts it as uid 0 of the container. Each child switches to the reader's account before it reads any of the
reader's code. Imports run with uid 0, so it imports only from the folders of the tutorials' packages.
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
    """Removes the agent's modules from sys.modules: packages and programs may have modules with the same names."""
    sys.path.remove(AGENT)
    for name, module in list(sys.modules.items()):
        if name != '__main__' and os.path.dirname(getattr(module, '__file__', None) or '') == AGENT:
            _hidden_modules.append(sys.modules.pop(name))


def import_all(names: list[str]) -> list[str]:
    """Imports the modules that are found in PYTHONPATH. Returns the names of the others and of those that failed."""
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
    """Forks programs on request. Returns when the agent has closed the link and all programs have ended."""
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
    """Forks one program and reports its pid, or CANNOT_EXECUTE as its exit code when the fork fails."""
    number = order['number']
    stdin, stdout, stderr = descriptors
    try:
        pid = os.fork()
    except OSError as error:
        os.write(stderr, f'cannot start a process: {error.strerror}\n'.encode())
        send_message(link, {'number': number, 'code': CANNOT_EXECUTE})
    else:
        if pid == 0:
            fresh_main.run_file(order, (stdin, stdout, stderr))
        children[pid] = number
        send_message(link, {'number': number, 'pid': pid})
    for fd in descriptors:
        os.close(fd)


def report_ended(link: socket.socket, children: dict[int, int]) -> None:
    """Reports the exit codes of programs that have ended, or minus the signal that killed them."""
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        if pid in children:
            send_message(link, {'number': children.pop(pid), 'code': os.waitstatus_to_exitcode(status)})


def send_message(link: socket.socket, message: dict[str, int]) -> None:
    """Sends one message to the agent. A failure needs no handling: without the agent the container is gone too."""
    link.send(json.dumps(message).encode())


def main() -> None:
    """Imports the modules named in the first argument, reports that it is ready, and serves."""
    set_dumpable(0)
    link = socket.socket(fileno=3)
    link.set_inheritable(False)
    hide_agent()
    import_all(json.loads(sys.argv[1]))
    sys.stdout.flush()
    gc.collect()
    gc.freeze()  # keeps the collector from writing to shared pages, which would copy them in each child
    send_message(link, {'ready': 1})
    serve(link)


main()
