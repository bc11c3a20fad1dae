"""Terminals of a kernel of the container's own, as gVisor's: what it leaves undone is done here. Seen in Debian 12's (2022): it sends
no signal for a key (newer ones do) nor for a new size (before June of 2026), and it keeps without bound what a program writes."""

import fcntl
import os
import select
import signal
import struct
import termios
import time

import accounts
from terminals import Terminal, open_pair

PROBE_SECONDS = 1
"""How long the kernel may take to hand a line from one end of a terminal to the other."""
HOLD_BYTES = 256 << 10
"""More than that unread, and who writes there is held until it is read: in the kernel it takes the sandbox's memory."""
RELEASE_BYTES = 64 << 10
LOOK_SECONDS = 0.005
"""How often it is looked at while something is unread; a program writes a few hundred KiB meanwhile."""
STOP_SECONDS = 0.02
"""How long a shell may take to stop, before what it runs is stopped under it, which it would tell of."""
STOP_TICK_SECONDS = 0.0005
LFLAG, CC = 3, 6
KEYS = ((termios.VINTR, signal.SIGINT), (termios.VQUIT, signal.SIGQUIT), (termios.VSUSP, signal.SIGTSTP))
DISABLED = b'\0'


class OwnKernelTerminal(Terminal):
    """One that has its signals sent by a process of ours in its session, the only place from where is seen who has the keys; and that
    holds its programs while what they write is not read."""

    knows_keys = None
    """Whether the kernel does; asked of it once."""

    def __init__(self, terminals, stream, request):
        """Raises OSError when there is none to be had."""
        if OwnKernelTerminal.knows_keys is None:
            OwnKernelTerminal.knows_keys = knows_keys(accounts.ACCOUNTS[f'terminal-{request["number"]}'])
        # Without this variable Python writes whole lines; with it, also nothing at all, for which gVisor lets it wait
        # for ever.
        request['env']['PYTHONUNBUFFERED'] = ''
        self._size, self._held = None, []
        self._orders_taken, self._orders = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            super().__init__(terminals, stream, request)
        except OSError:
            os.close(self._orders)
            raise
        finally:
            os.close(self._orders_taken)

    def write(self, data):
        """Takes bytes from the server; keys that mean a signal become one, and what was typed before them and not read is dropped."""
        if self._is_reading and not OwnKernelTerminal.knows_keys:
            data = self._send_keys(data)
        super().write(data)

    def resize(self, columns, rows):
        """Tells the program."""
        super().resize(columns, rows)
        if self._size not in (None, (columns, rows)):
            self._order(signal.SIGWINCH)
        self._size = columns, rows

    def _send_keys(self, data):
        """Gives what is left to be typed after the last key that means a signal."""
        attributes = termios.tcgetattr(self._fd)
        if not attributes[LFLAG] & termios.ISIG:
            return data
        meanings = {attributes[CC][index]: number for index, number in KEYS if attributes[CC][index] != DISABLED}
        is_echoed = attributes[LFLAG] & termios.ECHO and attributes[LFLAG] & termios.ECHOCTL
        begin = 0
        for at in range(len(data)):
            key = data[at : at + 1]
            if key in meanings:
                self._type_at_once(data[begin:at])
                self._acknowledge(1)
                begin = at + 1
                if is_echoed:
                    self._say(b'^' + bytes([key[0] ^ 0x40]))
                self._order(meanings[key])
        return data[begin:]

    def _type_at_once(self, data):
        """Types what the kernel takes now, and drops the rest: a key that means a signal waits for nobody."""
        self._buffer += data
        self._push()
        self._acknowledge(len(self._buffer))
        self._buffer.clear()
        if self._is_reading:
            self._rearm()

    def _order(self, number):
        """Has whoever has the keys get a signal."""
        try:
            os.write(self._orders, bytes([number]))
        except OSError:  # of thousands that are not taken yet, this one is no loss
            pass

    def _lead(self, path):
        os.setsid()
        with accounts.acting_as(self.account):
            os.close(os.open(path, os.O_RDWR))
        # Of the program it must be no child, for which that might wait: it is the agent's.
        between = os.fork()
        if between == 0:
            if os.fork() == 0:
                take_orders(self._orders_taken, self.account, path)
            os._exit(0)
        os.waitpid(between, 0)

    def _on_ready(self, events):
        super()._on_ready(events)
        self._look()

    def _look(self):
        """Holds who writes faster than is read, and lets them go on."""
        if not self._is_reading:
            return
        unread = self._unread()
        if unread > HOLD_BYTES:
            self._hold()
        elif unread < RELEASE_BYTES:
            self._release()
        if unread > 0 or self._held:
            self._loop.after(('look', self), LOOK_SECONDS, self._look)

    def _unread(self):
        (count,) = struct.unpack('i', fcntl.ioctl(self._fd, termios.FIONREAD, bytes(4)))
        return count

    def _hold(self):
        """The shell first, and the older before the younger, so that none sees another stop. What somebody suspended stays so."""
        processes = [process for process in accounts.members(self.account) if process.state not in accounts.RESTING]
        with accounts.acting_as(self.account):
            for process in sorted(processes, key=lambda process: (process.pid != self.pid, process.pid)):
                accounts.send(process.pid, signal.SIGSTOP)
                self._held.append(process.pid)
                if process.pid == self.pid:
                    wait_for_stop(self.pid)

    def _release(self):
        with accounts.acting_as(self.account):
            while self._held:
                accounts.send(self._held.pop(), signal.SIGCONT)

    def _most_late(self):
        return max(super()._most_late(), self._unread())

    def _forget(self):
        self._loop.cancel(('look', self))
        os.close(self._orders)
        super()._forget()


def wait_for_stop(pid):
    """Gives a process that was told to stop the time for it. Bounded, for it may wait where it cannot."""
    until = time.monotonic() + STOP_SECONDS
    while time.monotonic() < until and accounts.state_of(pid) not in accounts.RESTING:
        time.sleep(STOP_TICK_SECONDS)


def take_orders(orders, account, path):
    """In a forked child, in the terminal's session: sends each signal that it is told to whoever has the keys, as far as the account
    may, until the agent closes its end. It keeps the agent's uid, so that no program can end, stop or look into it. Never returns."""
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        os.setpgid(0, 0)
        os.dup2(orders, 0)
        accounts.close_from(1)
        os.set_blocking(0, True)
        os.setresuid(-1, account.uid, -1)
        while order := os.read(0, 1):
            try:
                terminal = os.open(path, os.O_RDWR | os.O_NOCTTY)
                try:
                    os.kill(-os.tcgetpgrp(terminal), order[0])
                finally:
                    os.close(terminal)
            except OSError:  # nobody has them
                pass
    finally:
        os._exit(0)


def knows_keys(account):
    """Whether the kernel makes a signal of a key, and so takes it out of what was typed. Raises OSError when there is no terminal."""
    master, slave, _ = open_pair(account)
    try:
        os.write(master, b'\x03\n')
        is_there, _, _ = select.select([slave], [], [], PROBE_SECONDS)
        return not is_there or b'\x03' not in os.read(slave, 16)
    finally:
        os.close(slave)
        os.close(master)
