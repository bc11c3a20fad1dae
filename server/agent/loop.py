"""The agent's event loop: file descriptors, timers, and a gate that stops reading from children while Node is slow."""

import select
import time

READ, WRITE = select.EPOLLIN, select.EPOLLOUT


class Loop:
    """One epoll set. A descriptor that wants nothing is taken out, so that a hang-up on it cannot spin the loop."""

    def __init__(self):
        self._epoll = select.epoll()
        self._entries = {}  # fd -> [handler, wanted events, gated]
        self._armed = {}  # fd -> events registered with epoll
        self._timers = {}  # key -> (when, action)
        self._gate_open = True

    def watch(self, fd, handler, events=READ, gated=False):
        """Calls handler(events) when fd is ready. Gated descriptors are not read while the gate is closed."""
        self._entries[fd] = [handler, events, gated]
        self._arm(fd)

    def change(self, fd, events):
        """Changes what a watched descriptor waits for."""
        entry = self._entries[fd]
        if entry[1] != events:
            entry[1] = events
            self._arm(fd)

    def forget(self, fd):
        """Stops watching; must come before the descriptor is closed. Does nothing for an unknown one."""
        if self._entries.pop(fd, None) and self._armed.pop(fd, 0):
            self._epoll.unregister(fd)

    def set_gate(self, is_open):
        """Opens or closes the gate for all gated descriptors."""
        if is_open == self._gate_open:
            return
        self._gate_open = is_open
        for fd, entry in self._entries.items():
            if entry[2]:
                self._arm(fd)

    def after(self, key, seconds, action):
        """Calls action once after that time, unless the key is set again or cancelled before."""
        self._timers[key] = (time.monotonic() + seconds, action)

    def cancel(self, key):
        """Cancels a timer; unknown keys are fine."""
        self._timers.pop(key, None)

    def turn(self):
        """Waits for one round of events and timers, and handles them."""
        wait = -1
        if self._timers:
            wait = max(0, min(when for when, _ in self._timers.values()) - time.monotonic())
        for fd, events in self._epoll.poll(wait):
            entry = self._entries.get(fd)
            if entry:
                entry[0](events)
        now = time.monotonic()
        for key, (when, action) in list(self._timers.items()):
            if when <= now and self._timers.get(key) == (when, action):
                del self._timers[key]
                action()

    def _arm(self, fd):
        _, events, gated = self._entries[fd]
        if gated and not self._gate_open:
            events &= ~READ
        before = self._armed.get(fd, 0)
        if events and before:
            self._epoll.modify(fd, events)
        elif events:
            self._epoll.register(fd, events)
        elif before:
            self._epoll.unregister(fd)
        self._armed[fd] = events
