"""An interpreter that has imported the page's packages, and forks one fresh `__main__` for each `python FILE …`.

Started by the agent as uid 0 of the container; what it forks drops to the reader before any of the reader's code is read.
It imports only what lies in the packages of the tutorials, because what it imports runs with its rights.
"""

import gc
import json
import os
import re
import select
import signal
import socket
import sys
from importlib.machinery import PathFinder

import accounts
import fresh_main

MODULE_NAME = re.compile(r'[A-Za-z_]\w*(\.[A-Za-z_]\w*)*')
REQUEST_BYTES = 128 << 10


def import_all(names):
    """Imports what there is of these; gives the names that were skipped."""
    directories = os.environ.get('PYTHONPATH', '').split(os.pathsep)
    skipped = []
    for name in names:
        try:
            if not MODULE_NAME.fullmatch(name) or not PathFinder.find_spec(name.partition('.')[0], directories):
                raise ImportError(name)
            __import__(name)
        except Exception:
            skipped.append(name)
    return skipped


def serve(link):
    """Forks runs until the agent wants no more and all of them have ended."""
    woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    children = {}  # pid -> run number
    sources = [link, woken]
    while children or link in sources:
        for source in select.select(sources, [], [])[0]:
            if source is link:
                data, descriptors, _, _ = socket.recv_fds(link, REQUEST_BYTES, 3)
                if data:
                    fork_run(link, json.loads(data), descriptors, children)
                else:
                    sources.remove(link)
            else:
                os.read(woken, 4096)
        report_ended(link, children)


def fork_run(link, request, descriptors, children):
    """Forks one run, and tells its pid."""
    number = request['run']
    try:
        pid = os.fork()
    except OSError as error:
        os.write(descriptors[2], f'cannot start a process: {error.strerror}\n'.encode())
        tell(link, {'run': number, 'code': 126})
    else:
        if pid == 0:
            fresh_main.run_file(request, descriptors)
        children[pid] = number
        tell(link, {'run': number, 'pid': pid})
    for fd in descriptors:
        os.close(fd)


def report_ended(link, children):
    """Tells the exit codes of ended runs: minus the signal where one ended it."""
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        if pid in children:
            tell(link, {'run': children.pop(pid), 'code': os.waitstatus_to_exitcode(status)})


def tell(link, message):
    """Sends one message; when the agent is gone, so is the container."""
    link.send(json.dumps(message).encode())


def main():
    """Imports, says so, serves."""
    accounts.set_dumpable(0)
    link = socket.socket(fileno=3)
    link.set_inheritable(False)
    skipped = import_all(json.loads(sys.argv[1]))
    sys.stdout.flush()
    gc.collect()
    gc.freeze()  # keeps the collector from touching, and so from copying, what runs share
    tell(link, {'ready': True, 'skipped': skipped})
    serve(link)


main()
