"""Our own dialect on the application itself: places, checks and epochs."""

from collections.abc import AsyncIterator, Callable

import pytest
from channels.db import database_sync_to_async
from pycrdt import Map

from apps.core.permissions import Role
from apps.rooms.documents import ROOTS, DocumentName
from apps.rooms.domain import log
from apps.rooms.hosting.host import current_host
from apps.rooms.hosting.threads import reading, writing
from apps.rooms.models import Update
from apps.rooms.reader.canonical import digest_of
from apps.rooms.room.encoding import string, uint
from apps.rooms.room.protocol import How, Kind
from tests.rooms.desk import Desk, new_desk
from tests.rooms.peer import DialectPeer, components_of, put_component

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    yield await database_sync_to_async(new_desk)()
    await current_host().drain()
    writing.stop()
    reading.stop()


class Seat:
    """A peer that counts rows, on a socket of the application."""

    def __init__(self, desk: Desk, peer: DialectPeer | None = None) -> None:
        self.peer = peer or DialectPeer()
        self.socket = desk.socket("board")

    async def join(self) -> "Seat":
        assert await self.socket.open()
        await self.say(*self.peer.greet())
        await self.until(lambda: self.peer.is_saved)
        return self

    async def say(self, *frames: bytes) -> None:
        for frame in frames:
            await self.socket.send(frame)

    async def until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            await self.say(*self.peer.hear(await self.socket.receive()))

    async def put(self, name: str) -> None:
        await self.say(*self.peer.edit(put_component(name)))
        await self.until(lambda: self.peer.is_saved)

    async def check(self, digest: str, seq: int | None = None) -> None:
        await self.say(uint(Kind.CHECK) + uint(seq or self.peer.seq) + string(digest))

    @property
    def digest(self) -> str:
        return digest_of(self.peer.doc, ROOTS[DocumentName.BOARD])


async def test_a_copy_that_is_the_same_is_told_so(desk: Desk) -> None:
    ann = await Seat(desk).join()
    await ann.put("a")

    await ann.check(ann.digest)
    await ann.until(lambda: bool(ann.peer.verdicts))

    assert ann.peer.verdicts == [(2, True)]
    await ann.socket.close()


async def test_a_copy_that_differs_is_told_so(desk: Desk) -> None:
    ann = await Seat(desk).join()
    await ann.put("a")
    ann.peer.edit(put_component("only here"))

    await ann.check(ann.digest)
    await ann.until(lambda: bool(ann.peer.verdicts))

    assert ann.peer.verdicts == [(2, False)]
    await ann.socket.close()


async def test_who_lacks_rows_gets_them_with_the_next_check(desk: Desk) -> None:
    """A broadcast that was lost on the way."""
    ann, bob = await Seat(desk).join(), await Seat(desk).join()
    before = bob.peer.seq
    await ann.put("lost")
    while (await bob.socket.receive())[0] != Kind.CHANGED:
        continue

    await bob.check(bob.digest, before)
    await bob.until(lambda: bob.peer.seq > before)

    assert bob.peer.how is How.WHAT_CAME_AFTER
    assert "lost" in components_of(bob.peer.doc)
    await ann.socket.close()
    await bob.socket.close()


async def test_a_store_that_was_restored_begins_a_new_epoch(desk: Desk) -> None:
    """The browser knows rows that the log has lost: its copy is set aside, not merged in."""
    ann = await Seat(desk).join()
    await ann.put("kept")
    await ann.put("lost")
    epoch = ann.peer.epoch
    await leave(ann)
    await database_sync_to_async(forget_last_row)(desk)

    again = Seat(desk, ann.peer)
    assert await again.socket.open()
    await again.say(*ann.peer.greet())
    assert await again.socket.close_code() == 1012
    await again.socket.close()
    back = await Seat(desk, ann.peer).join()

    assert back.peer.epoch != epoch
    assert back.peer.aside is not None
    assert set(components_of(back.peer.aside)) == {"kept", "lost"}
    assert set(components_of(back.peer.doc)) == {"kept"}
    await back.socket.close()


async def test_a_store_that_is_restored_under_an_open_room(desk: Desk) -> None:
    """The next edit would leave a hole: nobody is told that it is stored."""
    ann = await Seat(desk).join()
    await ann.put("kept")
    await ann.put("lost")
    await database_sync_to_async(forget_last_row)(desk)

    await ann.say(*ann.peer.edit(put_component("late")))
    assert await ann.socket.close_code() == 1012
    await ann.socket.close()
    back = await Seat(desk, ann.peer).join()

    assert set(components_of(back.peer.doc)) == {"kept"}
    assert back.peer.aside is not None
    assert "late" in components_of(back.peer.aside)
    await back.socket.close()


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.CANDIDATE])
async def test_a_guest_s_claim_begins_no_epoch(desk: Desk, role: Role) -> None:
    """No guest can make everybody start afresh."""
    ann = await Seat(desk).join()
    guest = await database_sync_to_async(desk.add)(role)
    olga = Seat(desk)
    olga.socket = desk.socket("board", guest)
    olga.peer.epoch, olga.peer.seq = ann.peer.epoch, 99

    await olga.join()
    await ann.put("a")

    assert olga.peer.how is How.WHOLE
    assert olga.peer.epoch == ann.peer.epoch
    await ann.socket.close()
    await olga.socket.close()


async def test_what_was_deleted_does_not_reach_a_guest_who_comes_later(desk: Desk) -> None:
    ann = await Seat(desk).join()
    await ann.say(*ann.peer.edit(put_component("c", name="secret-canary")))
    await ann.say(*ann.peer.edit(lambda doc: doc.get("components", type=Map).pop("c")))
    await ann.until(lambda: ann.peer.is_saved)
    guest = await database_sync_to_async(desk.add)(Role.CANDIDATE)
    bob = Seat(desk)
    bob.socket = desk.socket("board", guest)
    heard: list[bytes] = []

    assert await bob.socket.open()
    await bob.say(*bob.peer.greet())
    while not bob.peer.is_saved:
        heard.append(await bob.socket.receive())
        bob.peer.hear(heard[-1])
    await ann.put("afterwards")
    await bob.until(lambda: "afterwards" in components_of(bob.peer.doc))

    assert b"secret-canary" not in b"".join(heard)
    await ann.socket.close()
    await bob.socket.close()


def forget_last_row(desk: Desk) -> None:
    rows = Update.objects.filter(log=log.find_log(desk.board))
    rows.filter(seq=rows.latest("seq").seq).delete()


async def leave(seat: Seat) -> None:
    await seat.socket.close()
    await current_host().drain()
