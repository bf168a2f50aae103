"""One timer for all sockets of a process: who has been silent is pinged, who stays so is closed."""

import asyncio
from typing import Protocol
from weakref import WeakKeyDictionary


class Peer(Protocol):
    def check_alive(self) -> None: ...


class Keepalive:
    """The timer runs while there is anybody to look after."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._peers: set[Peer] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._every_s = 0.0

    def __len__(self) -> int:
        return len(self._peers)

    def add(self, peer: Peer, every_s: float) -> None:
        """every_s is the same for all: it is the server's setting."""
        self._peers.add(peer)
        self._every_s = every_s
        if self._timer is None:
            self._start()

    def discard(self, peer: Peer) -> None:
        self._peers.discard(peer)
        if self._timer is not None and not self._peers:
            self._timer.cancel()
            self._timer = None

    def _start(self) -> None:
        self._timer = self._loop.call_later(self._every_s, self._check)

    def _check(self) -> None:
        self._start()
        for peer in list(self._peers):
            peer.check_alive()


_keepalives: WeakKeyDictionary[asyncio.AbstractEventLoop, Keepalive] = WeakKeyDictionary()


def keepalive_of(loop: asyncio.AbstractEventLoop) -> Keepalive:
    if loop not in _keepalives:
        _keepalives[loop] = Keepalive(loop)
    return _keepalives[loop]
