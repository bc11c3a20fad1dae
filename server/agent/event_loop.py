"""The agent's event loop: descriptors, timers, and a gate that stops reading while the server is slow.

agent.py explains why it is not asyncio.
"""

from __future__ import annotations

import select
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

READ, WRITE = select.EPOLLIN, select.EPOLLOUT


class _Watch:
    """The events that a descriptor waits for, and those that are registered with epoll."""

    __slots__ = ('events', 'handler', 'is_gated', 'registered')

    def __init__(self, handler: Callable[[int], object], events: int, is_gated: bool) -> None:
        self.handler, self.events, self.is_gated = handler, events, is_gated
        self.registered = 0


class EventLoop:
    """One epoll set. A descriptor that waits for nothing is unregistered, so that a hang-up cannot spin the loop."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._watches: dict[int, _Watch] = {}
        self._timers: dict[Hashable, tuple[float, Callable[[], object]]] = {}
        self._is_gate_open = True

    def watch(self, fd: int, handler: Callable[[int], object], events: int = READ, is_gated: bool = False) -> None:
        """Calls handler(events) when fd is ready. Gated descriptors are not read while the gate is closed."""
        self._watches[fd] = _Watch(handler, events, is_gated)
        self._register(fd)

    def change(self, fd: int, events: int) -> None:
        """Changes what a watched descriptor waits for."""
        watch = self._watches[fd]
        if watch.events != events:
            watch.events = events
            self._register(fd)

    def forget(self, fd: int) -> None:
        """Stops watching. Must be called before the descriptor is closed; unknown descriptors are ignored."""
        watch = self._watches.pop(fd, None)
        if watch and watch.registered:
            self._epoll.unregister(fd)

    def set_gate(self, is_open: bool) -> None:
        """Opens or closes the gate for all gated descriptors."""
        if is_open == self._is_gate_open:
            return
        self._is_gate_open = is_open
        for fd, watch in self._watches.items():
            if watch.is_gated:
                self._register(fd)

    def after(self, key: Hashable, seconds: float, action: Callable[[], object]) -> None:
        """Calls the action once after that time, unless the key is set again or cancelled first."""
        self._timers[key] = (time.monotonic() + seconds, action)

    def cancel(self, key: Hashable) -> None:
        """Cancels a timer; unknown keys are ignored."""
        self._timers.pop(key, None)

    def turn(self) -> None:
        """Waits for one round of events and timers, and handles them."""
        wait = -1.0
        if self._timers:
            wait = max(0.0, min(when for when, _ in self._timers.values()) - time.monotonic())
        for fd, events in self._epoll.poll(wait):
            watch = self._watches.get(fd)  # an earlier handler in this round may have removed it
            if watch:
                watch.handler(events)
        now = time.monotonic()
        for key, timer in list(self._timers.items()):
            when, action = timer
            if when <= now and self._timers.get(key) is timer:
                del self._timers[key]
                action()

    def _register(self, fd: int) -> None:
        watch = self._watches[fd]
        events = watch.events
        if watch.is_gated and not self._is_gate_open:
            events &= ~READ
        if events and watch.registered:
            self._epoll.modify(fd, events)
        elif events:
            self._epoll.register(fd, events)
        elif watch.registered:
            self._epoll.unregister(fd)
        watch.registered = events
