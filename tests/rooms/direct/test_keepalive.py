"""Who is pinged, and who is given up, by a network that a test can hold still."""

import asyncio
from collections.abc import Callable
from typing import cast

from apps.rooms.direct.frames import PING_FRAME, close_frame
from apps.rooms.direct.keepalive import Keepalive
from apps.rooms.direct.socket import DirectSocket
from tests.rooms.direct.client import frame


class StillTransport:
    """waiting: what the browser has yet to take. written: the frames said to it."""

    def __init__(self) -> None:
        self.waiting = 0
        self.written: list[bytes] = []

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def is_closing(self) -> bool:
        return False

    def resume_reading(self) -> None:
        pass


class Owner:
    def __init__(self) -> None:
        self.told: list[tuple[int, str]] = []
        self.aborts_after_s: float | None = None

    def over(self, code: int, reason: str) -> None:
        self.told.append((code, reason))

    def abort_after(self, delay_s: float) -> None:
        self.aborts_after_s = delay_s

    def connection_lost(self, exc: Exception | None) -> None:
        pass


def a_socket() -> tuple[DirectSocket, StillTransport, Owner]:
    transport, owner = StillTransport(), Owner()
    socket = DirectSocket(cast(asyncio.Transport, transport), owner, 1 << 20)
    socket.check_alive()  # from the handshake to now it has spoken
    return socket, transport, owner


def test_who_speaks_is_left_in_peace() -> None:
    socket, transport, _ = a_socket()

    for _ in range(5):
        socket.data_received(frame(b"a"))
        socket.check_alive()

    assert transport.written == []


def test_who_is_silent_is_pinged_and_stays_if_anything_comes() -> None:
    socket, transport, _ = a_socket()

    for _ in range(5):
        socket.check_alive()
        socket.data_received(frame(b"", 10))
        socket.check_alive()

    assert transport.written == [PING_FRAME] * 5


def test_who_stays_silent_is_given_up() -> None:
    socket, transport, owner = a_socket()

    socket.check_alive()
    socket.check_alive()

    assert transport.written == [PING_FRAME, close_frame(1011, "no answer to a ping")]
    assert owner.told == [(1011, "no answer to a ping")]
    assert owner.aborts_after_s is not None
    assert owner.aborts_after_s < 1


def test_a_slow_reader_is_not_given_up_while_it_reads() -> None:
    socket, transport, owner = a_socket()
    transport.waiting = 1000
    socket.check_alive()

    for waiting in (900, 700, 500, 300):
        transport.waiting = waiting
        socket.check_alive()
    assert owner.told == []
    socket.check_alive()

    assert [code for code, _ in owner.told] == [1011]


class StillLoop:
    """due: what its timers will call."""

    def __init__(self) -> None:
        self.due: list[Callable[[], None]] = []

    def call_later(self, _delay_s: float, callback: Callable[[], None]) -> "Timer":
        self.due.append(callback)
        return Timer(self, callback)


class Timer:
    def __init__(self, loop: StillLoop, callback: Callable[[], None]) -> None:
        self.cancel = lambda: loop.due.remove(callback)


class Peer:
    times = 0

    def check_alive(self) -> None:
        self.times += 1


def test_one_timer_serves_all_and_stops_with_the_last() -> None:
    loop = StillLoop()
    keepalive = Keepalive(cast(asyncio.AbstractEventLoop, loop))
    peers = [Peer() for _ in range(100)]
    for peer in peers:
        keepalive.add(peer, 20.0)

    for _ in range(3):
        [tick] = loop.due
        loop.due.clear()
        tick()
    assert {peer.times for peer in peers} == {3}
    assert len(loop.due) == 1

    for peer in peers:
        keepalive.discard(peer)
    assert loop.due == []
