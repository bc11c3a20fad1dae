"""Terminals: a pseudo-terminal each, with a program of the reader's on it that is killed with all it started when it ends."""

import fcntl
import os
import struct
import termios
import time

import accounts
import sockets
from flow import Flow
from loop import READ, WRITE

DIRECTORY = '/dev/pts'
TIOCGPTN, TIOCSPTLCK = 0x80045430, 0x40045431
KILL_AGAIN_SECONDS = 0.05
CLEAR_SECONDS = 2
"""How long an ended one may take to be rid of its killed processes before it is reported all the same."""
TICK_SECONDS = 0.005
LATE_BYTES = 256 << 10
"""The most that is read when all that ran on it has ended: more than the kernel keeps, and others may go on writing to it."""


class Terminal(Flow):
    """One, from the fork of its program until nothing of its account is left and what was written is on its way to the server."""

    def __init__(self, terminals, stream, request):
        """Raises OSError when there is none to be had."""
        self.account = accounts.ACCOUNTS[f'terminal-{request["number"]}']
        self._terminals = terminals
        self._code = self._late = None
        self._is_reading, self._is_wanted, self._is_refused = True, True, False
        master, slave, path = open_pair(self.account)
        super().__init__(terminals.loop, terminals.link, stream, master)
        try:
            self.resize(request['columns'], request['rows'])
            self.pid = os.fork()
            if self.pid == 0:
                run_child(self.account, request, slave, path, self._lead)
        except OSError:
            os.close(master)
            raise
        finally:
            os.close(slave)
        self._link.send(b'U', stream)
        self._loop.watch(master, self._on_ready, READ, gated=True)

    def write(self, data):
        """Takes bytes from the server; the window keeps them few."""
        if not self._keep(data):
            self.close()
        elif self._is_reading:
            self._push()

    def resize(self, columns, rows):
        """Tells the program."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))

    def grant(self, count):
        """The server has taken that many bytes."""
        super().grant(count)
        if self._late is not None:
            self._drain()

    def close(self):
        """Hangs up: the server wants no more of it."""
        self._is_wanted = False
        if self._late is not None:
            self._drain()
        else:
            self._hang_up()

    end = close

    def refuse(self, sentence):
        """Kills it for something that was done in the sandbox, and says so on it."""
        if self._code is None and not self._is_refused:
            self._is_refused = True
            self._say(f'\r\n{sentence}\r\n'.encode())
            self._hang_up()

    def _say(self, data):
        """Shows on it what comes from us, as far as the window goes."""
        said = data[: max(0, self._window)]
        self._window -= len(said)
        self._link.send(b'D', self._stream, said)

    def on_exit(self, code):
        """Its program has ended: exit code, or minus the signal."""
        self._code = 128 - code if code < 0 else code
        self._loop.cancel(('kill', self))
        self._clear(time.monotonic())

    def _hang_up(self):
        """Reads and writes no more, and kills all that runs on it; again and again, for a fork may be on its way."""
        self._is_reading = False
        self._buffer.clear()
        self._rearm()
        self._kill_again()

    def _kill_again(self):
        if self._code is None:
            self._kill()
            self._loop.after(('kill', self), KILL_AGAIN_SECONDS, self._kill_again)

    def _kill(self):
        accounts.end_all(self.account, self._terminals.shares_uid(self.account))

    def _clear(self, since):
        self._kill()
        if accounts.members(self.account) and time.monotonic() - since < CLEAR_SECONDS:
            self._loop.after(('clear', self), TICK_SECONDS, lambda: self._clear(since))
            return
        sockets.collect()
        self._late = self._most_late()
        self._drain()

    def _drain(self):
        """Reads what is left, as far as the window goes, with the next credit the rest; then it is over."""
        self._is_reading = False
        self._buffer.clear()
        self._rearm()
        while self._is_wanted and self._late > 0:
            if self._window <= 0:
                return
            before = self._window
            try:
                if not self._take():
                    break
            except OSError:
                break
            self._late -= before - self._window
        self._forget()
        self._terminals.done(self._stream)
        self._link.send_json(b'X', self._stream, {'exitCode': self._code})

    def _on_ready(self, events):
        try:
            if events & WRITE:
                self._give()
            if events & ~WRITE and not self._take():
                self._hang_up()
                return
        except BlockingIOError:
            pass
        except OSError:  # nobody has it open any more
            self._hang_up()
            return
        self._rearm()

    def _push(self):
        try:
            self._give()
        except OSError:
            self._hang_up()
        else:
            self._rearm()

    def _read(self, most):
        """In as few pieces as can be: the kernel gives 4 KiB at a time. Nothing at the end, which not all kernels call an error."""
        parts = []
        while most > 0:
            try:
                part = os.read(self._fd, most)
            except OSError:
                if parts:
                    break
                raise
            if not part:
                break
            parts.append(part)
            most -= len(part)
        return b''.join(parts)

    def _wants_more(self):
        return self._is_reading

    def _lead(self, path):
        """In the child, before it becomes the account: for kernels that need more for a terminal."""

    def _most_late(self):
        return LATE_BYTES

    def _forget(self):
        self._loop.forget(self._fd)
        os.close(self._fd)


def open_pair(account):
    """Master, slave, and the slave's path; the kernel gives it to whoever opens the master, and so to the account."""
    with accounts.acting_as(account):
        master = os.open(f'{DIRECTORY}/ptmx', os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            fcntl.ioctl(master, TIOCSPTLCK, struct.pack('i', 0))
            (number,) = struct.unpack('I', fcntl.ioctl(master, TIOCGPTN, bytes(4)))
            path = f'{DIRECTORY}/{number}'
            return master, os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC), path
        except OSError:
            os.close(master)
            raise


def run_child(account, request, slave, path, lead):
    """In a forked child: becomes the account and runs the program with the terminal as its own. Never returns."""
    try:
        lead(path)
        accounts.become(account, slave, slave, slave)
        # The first one that the leader of a session opens becomes its controlling terminal.
        os.close(os.open(path, os.O_RDWR))
        accounts.execute(request['argv'], request['env'], request['cwd'])
    finally:
        os._exit(126)


class Terminals:
    """All terminals, by stream id."""

    def __init__(self, loop, link, shares_uid, kind=Terminal):
        """`shares_uid` tells of an account whether another one with its uid is at work."""
        self.loop, self.link, self.shares_uid, self._kind = loop, link, shares_uid, kind
        self._open = {}

    def start(self, stream, request):
        """Starts one, or says on it why not."""
        environment = {'TERM': 'xterm-256color', 'COLORTERM': 'truecolor', **request.get('env', {})}
        request = {'cwd': '/home/reader', **request, 'env': {**os.environ, **environment}}
        try:
            self._open[stream] = self._kind(self, stream, request)
        except OSError as error:
            self.link.send(b'U', stream)
            self.link.send(b'D', stream, f'cannot open a terminal: {error.strerror}\r\n'.encode())
            self.link.send_json(b'X', stream, {'exitCode': 126})

    def get(self, stream):
        """The terminal of that id, if it is not over."""
        return self._open.get(stream)

    def all(self):
        """Those that are not over."""
        return list(self._open.values())

    def by_pid(self, pid):
        """The one whose program has that pid, if any."""
        return next((terminal for terminal in self._open.values() if terminal.pid == pid), None)

    def done(self, stream):
        """Forgets one that is over."""
        del self._open[stream]
