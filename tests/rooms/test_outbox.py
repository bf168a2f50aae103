"""The way out to one browser, also to a slow one."""

import asyncio

from apps.rooms.outbox import CLOSE_ABOVE, DROP_PRESENCE_ABOVE, Outbox


class Wire:
    """A socket that sends nothing until it is opened."""

    def __init__(self) -> None:
        self.is_open = asyncio.Event()
        self.sent: list[bytes] = []
        self.closed: tuple[int, str] | None = None

    async def send(self, frame: bytes) -> None:
        await self.is_open.wait()
        self.sent.append(frame)

    async def close(self, code: int, reason: str) -> None:
        self.closed = (code, reason)


async def test_frames_leave_in_order_and_the_close_comes_last() -> None:
    wire = Wire()
    wire.is_open.set()
    outbox = Outbox(wire.send, wire.close)

    outbox.send(b"a")
    outbox.send(b"b", droppable=True)
    outbox.close(1012, "restart")
    outbox.send(b"late")
    await outbox.run()

    assert (wire.sent, wire.closed) == ([b"a", b"b"], (1012, "restart"))


async def test_a_slow_reader_goes_without_presence_first() -> None:
    wire = Wire()
    outbox = Outbox(wire.send, wire.close)

    outbox.send(b"x" * (DROP_PRESENCE_ABOVE + 1))
    outbox.send(b"presence", droppable=True)
    outbox.send(b"change")
    outbox.close(1012, "restart")
    wire.is_open.set()
    await outbox.run()

    assert wire.sent[1:] == [b"change"]


async def test_a_reader_that_is_far_too_slow_is_closed() -> None:
    wire = Wire()
    wire.is_open.set()
    outbox = Outbox(wire.send, wire.close)

    outbox.send(b"x" * (CLOSE_ABOVE + 1))
    await outbox.run()

    assert (wire.sent, wire.closed) == ([], (1013, "too slow"))


async def test_who_lost_the_right_gets_nothing_more() -> None:
    wire = Wire()
    wire.is_open.set()
    outbox = Outbox(wire.send, wire.close)

    outbox.send(b"secret")
    outbox.close(4403, "not allowed any more")
    await outbox.run()

    assert (wire.sent, wire.closed) == ([], (4403, "not allowed any more"))


async def test_a_browser_that_is_gone_is_no_error() -> None:
    async def gone(_frame: bytes) -> None:
        raise ConnectionResetError

    outbox = Outbox(gone, Wire().close)

    outbox.send(b"a")
    await outbox.run()
