"""PID 1 of a container: starts the engine and the runs, relays their bytes, and reads and writes files for the server.

Trusted, and small so that it can be read. It holds one socket (descriptor 3, or, started with the word `stdio` by a runtime
that hands down no other, its stdin and stdout; `own-kernel` says that the container's kernel is not the machine's) to the server, and imports nothing of a reader's. When that socket closes the agent ends, and the kernel ends everything else in the container.
"""

import errno
import json
import os
import resource
import signal
import struct
import sys

sys.path.insert(0, '/opt/agent')
import accounts  # noqa: E402
import files  # noqa: E402
import sockets  # noqa: E402
from engine import Engine  # noqa: E402
from importing import Importer  # noqa: E402
from link import CHUNK_BYTES, Link  # noqa: E402
from loop import Loop  # noqa: E402
from own_kernel import OwnKernelTerminal  # noqa: E402
from runs import Runs  # noqa: E402
from terminals import Terminal, Terminals  # noqa: E402
from tunnels import Tunnels  # noqa: E402

SOCKET = 3


class Agent:
    """Takes the server's frames, one method for each kind."""

    def __init__(self, descriptors, has_own_kernel):
        self.loop = Loop()
        self.link = Link(*descriptors, self.loop, self.on_frame)
        self.importer = Importer(self.loop)
        self.terminals = Terminals(self.loop, self.link, self.shares_uid, OwnKernelTerminal if has_own_kernel else Terminal)
        self.runs = Runs(self.loop, self.link, self.importer, self.shares_uid)
        self.engine = Engine(self.loop, self.link)
        self.tunnels = Tunnels(self.loop, self.link)
        self.kinds = {
            b'R': lambda stream, data: self.start(self.runs, stream, data),
            b'K': lambda stream, _: self.runs.kill(stream),
            b'L': lambda _, data: self.refuse(data.decode()),
            b'M': lambda stream, data: self.importer.preload(json.loads(data), lambda reason: self.answer(stream, reason)),
            b'E': self.start_engine,
            b'W': self.write_file,
            b'G': self.read_file,
            b'V': lambda stream, data: self.start(self.terminals, stream, data),
            b'Z': self.resize_terminal,
            b'T': lambda stream, data: self.tunnels.open(stream, struct.unpack('!H', data)[0]),
        }

    def on_frame(self, kind, stream, data):
        """Handles one frame of the server."""
        if kind == b'P':
            self.link.send(b'P', stream)
        elif kind in b'DAFC':
            self.on_flow_frame(kind, stream, data)
        else:
            self.kinds[kind](stream, data)

    def on_flow_frame(self, kind, stream, data):
        """Data, taken bytes, end of one direction, close: of a tunnel or a terminal."""
        flow = self.tunnels.get(stream) or self.terminals.get(stream)
        if flow is None:
            return
        if kind == b'D':
            flow.write(data)
        elif kind == b'A':
            flow.grant(struct.unpack('!I', data)[0])
        elif kind == b'F':
            flow.end()
        else:
            flow.close()

    def resize_terminal(self, stream, data):
        """Tells a terminal of its new size, and the server that it may tell the next."""
        terminal = self.terminals.get(stream)
        if terminal:
            terminal.resize(*struct.unpack('!HH', data))
            self.link.send(b'Z', stream)

    def start(self, kind, stream, data):
        """Starts a run or a terminal."""
        kind.start(stream, json.loads(data))
        self.watch_sockets()

    def works(self):
        """All runs and terminals that are not over."""
        return [*self.runs.all(), *self.terminals.all()]

    def shares_uid(self, account):
        """Whether another account with the same uid is at work."""
        return any(work.account is not account and work.account.uid == account.uid for work in self.works())

    def refuse(self, sentence):
        """Kills all that the reader runs, for something of which cannot be told whose it is."""
        for work in self.works():
            if work.account.is_readers:
                work.refuse(sentence)

    def watch_sockets(self):
        """While anything of the reader's is at work."""
        if any(work.account.is_readers for work in self.works()):
            if sockets.are_too_many():
                self.refuse(f'Ended: there were more than {sockets.MOST} connections, the limit for a sandbox.')
            self.loop.after('sockets', sockets.CHECK_SECONDS, self.watch_sockets)

    def answer(self, stream, refusal=None):
        """Says yes, or no with the reason."""
        if refusal is None:
            self.link.send(b'Y', stream)
        else:
            self.link.send(b'N', stream, str(refusal).encode()[:1024])

    def start_engine(self, stream, data):
        """Starts the engine."""
        try:
            self.engine.start(json.loads(data))
            self.answer(stream)
        except OSError as error:
            self.answer(stream, error.strerror)

    def write_file(self, stream, data):
        """Writes a file: u32 length of a JSON head, the head, the bytes."""
        (length,) = struct.unpack_from('!I', data)
        head = json.loads(data[4 : 4 + length])
        try:
            files.write_file(head['account'], head['path'], head['mode'], data[4 + length :])
            self.answer(stream)
        except (OSError, ValueError) as error:
            self.answer(stream, word_for(error))

    def read_file(self, stream, data):
        """Sends a file's bytes in chunks, then yes."""
        head = json.loads(data)
        try:
            content = files.read_file(head['account'], head['path'], head['maxBytes'])
        except (OSError, ValueError) as error:
            self.answer(stream, word_for(error))
            return
        for start in range(0, len(content), CHUNK_BYTES):
            self.link.send(b'B', stream, content[start : start + CHUNK_BYTES])
        self.answer(stream)

    def reap(self):
        """Collects ended children, those of others included: PID 1 inherits every orphan."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            code = os.waitstatus_to_exitcode(status)
            if pid == self.engine.pid:
                self.engine.on_exit(code)
            elif pid in self.runs.by_pid:
                self.runs.by_pid[pid].on_exit(code)
            elif terminal := self.terminals.by_pid(pid):
                terminal.on_exit(code)

    def run(self):
        """Says hello and serves for ever."""
        woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # PID 1 has no default actions: nothing inside can interrupt it

        def on_wake(_):
            os.read(woken, 4096)
            self.reap()

        self.loop.watch(woken, on_wake)
        self.link.send_json(b'H', 0, confinement())
        while True:
            self.link.flush()
            self.loop.turn()


def word_for(error):
    """The server's word for why a file was refused: the error's name, as in ENOSPC, or what it says."""
    return errno.errorcode.get(getattr(error, 'errno', None), error)


def confinement():
    """What the kernel says about this process, for the server to check."""
    with open('/proc/self/status') as file:
        lines = dict(line.rstrip('\n').split(':\t', 1) for line in file if ':\t' in line)
    return {key: lines.get(key, '').strip() for key in ('Seccomp', 'NoNewPrivs', 'CapEff', 'CapBnd')} | {'pid': os.getpid()}


def take_descriptors():
    """Where frames come from and go to; no child inherits either."""
    if 'stdio' not in sys.argv[1:]:
        os.set_inheritable(SOCKET, False)
        return SOCKET, SOCKET
    source, sink = os.dup(0), os.dup(1)
    os.dup2(accounts.open_null(), 0)
    os.dup2(2, 1)
    return source, sink


if __name__ == '__main__':
    accounts.set_dumpable(0)
    accounts.set_oom_score(0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Agent(take_descriptors(), 'own-kernel' in sys.argv[1:]).run()
