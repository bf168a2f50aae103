"""The way out to one browser over plain ASGI, also to a slow one."""

import asyncio

import pytest

from apps.rooms.outbox import CLOSE_ABOVE, DROP_PRESENCE_ABOVE, Outbox
from apps.rooms.room.burst import Burst


class Wire:
    """A socket that sends nothing until it is opened."""

    def __init__(self) -> None:
        self.is_open = asyncio.Event()
        self.sent: list[bytes] = []
        self.closed: list[tuple[int, str]] = []

    async def send(self, frame: bytes) -> None:
        await self.is_open.wait()
        self.sent.append(frame)

    async def close(self, code: int, reason: str) -> None:
        self.closed.append((code, reason))


async def test_frames_leave_in_order_and_the_close_comes_last() -> None:
    wire = Wire()
    wire.is_open.set()
    outbox = Outbox(wire.send, wire.close)

    outbox.send(Burst((b"a", b"b"), (b"c",)))
    outbox.send(Burst((b"d",)))
    outbox.close(1012, "restart")
    outbox.send(Burst((b"late",)))
    outbox.close(1011, "too late")
    await outbox.sent()

    assert (wire.sent, wire.closed) == ([b"a", b"b", b"c", b"d"], [(1012, "restart")])


async def test_an_idle_socket_is_taken_up_again() -> None:
    wire = Wire()
    wire.is_open.set()
    outbox = Outbox(wire.send, wire.close)
    outbox.send(Burst((b"a",)))
    await outbox.sent()

    outbox.send(Burst((b"b",)))
    await outbox.sent()

    assert (wire.sent, outbox.buffered) == ([b"a", b"b"], 0)


async def test_a_slow_reader_goes_without_presence_first() -> None:
    wire = Wire()
    outbox = Outbox(wire.send, wire.close)
    much = bytes(DROP_PRESENCE_ABOVE + 1)

    outbox.send(Burst((much,)))
    outbox.send(Burst((b"change",), (b"presence",)))
    wire.is_open.set()
    await outbox.sent()

    assert wire.sent == [much, b"change"]


async def test_a_reader_that_is_far_too_slow_is_closed() -> None:
    wire = Wire()
    wire.is_open.set()
    outbox = Outbox(wire.send, wire.close)

    outbox.send(Burst((bytes(CLOSE_ABOVE + 1),)))
    outbox.send(Burst((b"change",)))
    await outbox.sent()

    assert (wire.sent, wire.closed) == ([], [(1013, "too slow")])


async def test_who_lost_the_right_gets_nothing_more() -> None:
    wire = Wire()
    wire.is_open.set()
    outbox = Outbox(wire.send, wire.close)

    outbox.send(Burst((b"secret",)))
    outbox.close(4403, "not allowed any more")
    await outbox.sent()

    assert (wire.sent, wire.closed) == ([], [(4403, "not allowed any more")])


@pytest.mark.parametrize("gone", [ConnectionResetError, BrokenPipeError])
async def test_a_browser_that_is_gone_is_no_error(gone: type[OSError]) -> None:
    async def fail(_frame: bytes) -> None:
        raise gone

    outbox = Outbox(fail, Wire().close)

    outbox.send(Burst((b"a",)))
    await outbox.sent()
