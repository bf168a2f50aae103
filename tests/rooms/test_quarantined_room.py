"""A room whose document cannot be read: opened, left alone by writers, and let go on."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from channels.db import database_sync_to_async

from apps.core.permissions import Role
from apps.rooms.domain.log import Entry
from apps.rooms.domain.recovery import restart_from_last_good
from apps.rooms.hosting import settings as room_settings
from apps.rooms.hosting.host import current_host
from apps.rooms.hosting.threads import reading, writing
from apps.rooms.reader import Limits, use_limits
from apps.rooms.room.protocol import CloseCode
from tests.rooms.desk import Desk, new_desk
from tests.rooms.peer import components_of
from tests.rooms.reader.hostile import deep_value, long_value
from tests.rooms.rows import append_rows
from tests.rooms.test_consumers import Seat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    yield await database_sync_to_async(new_desk)()
    await current_host().drain()
    writing.stop()
    reading.stop()


@pytest.fixture
def hasty_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Gives a document a tenth of a second, and sums rooms up soon."""
    monkeypatch.setattr(room_settings, "timing", replace(room_settings.timing, snapshot_rows=3))
    monkeypatch.setattr("apps.rooms.domain.quarantine.PROBE_CPU_S", 0.1)
    use_limits(Limits(cpu_s=0.1))
    yield
    use_limits(Limits())


async def store(desk: Desk, *payloads: bytes) -> None:
    await database_sync_to_async(append_rows)(desk.board, *map(Entry, payloads))


async def write(seat: Seat, name: str) -> None:
    await seat.edit(name)
    await seat.until(lambda: seat.peer.is_saved)


async def test_it_opens_with_the_last_good_state_and_takes_nothing(desk: Desk) -> None:
    bob_guest = await database_sync_to_async(desk.add)(Role.CANDIDATE)
    ann = await Seat(desk.socket("board")).join()
    await write(ann, "a")
    await ann.socket.close()
    await current_host().drain()
    await store(desk, deep_value(50_000))

    bob = await Seat(desk.socket("board", bob_guest)).join()
    seen = list(components_of(bob.peer.doc))
    await bob.edit("b")
    await bob.until(lambda: bool(bob.peer.refused))

    assert seen == ["a"]
    assert [reason for _, reason in bob.peer.refused] == ["quarantined"]
    await bob.socket.close()


async def test_a_board_that_hangs_the_reader_disturbs_no_other(
    desk: Desk, hasty_reader: None
) -> None:
    """Its room finds out when it sums up. Everybody comes back to the last good state, and after
    the owner has let it go on, they write again."""
    other = await database_sync_to_async(new_desk)()
    await store(desk, long_value(3_000_000))
    ann = await Seat(desk.socket("board")).join()
    bob = await Seat(other.socket("board")).join()

    for name in ("a", "b", "c"):
        await write(ann, name)
    for number in range(20):
        await write(bob, f"b{number}")

    assert await ann.socket.close_code() == CloseCode.RESTART
    ann = await Seat(desk.socket("board")).join()
    assert components_of(ann.peer.doc) == {}
    await database_sync_to_async(restart_from_last_good)(desk.board)
    assert await ann.socket.close_code() == CloseCode.RESTART
    ann = await Seat(desk.socket("board")).join()
    await write(ann, "d")
    assert list(components_of(ann.peer.doc)) == ["d"]
    await ann.socket.close()
    await bob.socket.close()
