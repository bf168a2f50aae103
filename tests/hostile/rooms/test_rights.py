"""Who may not write cannot write by any message, nor speak as somebody else; on real sockets.

`MESSAGES` has every kind of message there is: a new one has to be added before the tests pass.
"""

from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple, TypeVar

import pytest
from channels.db import database_sync_to_async
from django.conf import settings
from pycrdt import Map

from apps.accounts.models import Guest
from apps.config.asgi import application
from apps.core.permissions import Role
from apps.designs.domain import lifecycle
from apps.designs.domain.links import revoke_link
from apps.designs.models import ShareLink
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain import log
from apps.rooms.hosting.host import current_host
from apps.rooms.hosting.threads import reading, writing
from apps.rooms.models import Log
from apps.rooms.room import protocol
from apps.rooms.room.encoding import Reader, buffer, string, uint
from apps.rooms.room.protocol import CloseCode, Kind, Refusal, Sync
from tests.factories import make_participant
from tests.rooms.desk import Desk, new_desk
from tests.rooms.peer import components_of, presence, put_component
from tests.rooms.room.generator import update, values
from tests.rooms.rows import count_rows, sum_up
from tests.rooms.serving import port_of, serving
from tests.rooms.sockets import Closed
from tests.rooms.test_consumers import Seat

pytestmark = pytest.mark.django_db(transaction=True)
Result = TypeVar("Result")

STRANGER = 4_000_000_000  # a client id that nobody has


async def in_database(work: Callable[..., Result], *arguments: Any) -> Result:
    result: Result = await database_sync_to_async(work)(*arguments)
    return result


@pytest.fixture(params=["plain", "direct"])
async def desk(request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    desk = await in_database(new_desk)
    if request.param == "plain":
        yield desk
    else:
        async with serving(application, ws_max_size=settings.SOCKET_FRAME_MAX_BYTES) as server:
            yield desk.served_on(port_of(server))
    await current_host().drain()
    writing.stop()
    reading.stop()


# What they say ---------------------------------------------------------------------------------


class Message(NamedTuple):
    """frames: what a seat sends. is_write: it would change the document. is_known: clients may say
    it at all; who says anything else is closed."""

    kind: Kind
    sync: Sync | None
    frames: Callable[[Seat], list[bytes]]
    is_write: bool = False
    is_known: bool = True


def addition(seat: Seat) -> bytes:
    return changed(seat, put_component("evil"))


def deletion(seat: Seat) -> bytes:
    return changed(seat, lambda doc: doc.get("components", type=Map).clear())


def changed(seat: Seat, change: Callable[[Any], None]) -> bytes:
    """The update alone, made behind the back of the peer's counting."""
    [frame] = seat.peer.edit(change)
    reader = Reader(frame)
    reader.uint(), reader.uint()
    return reader.buffer()


def place_of_the_log() -> bytes:
    return string("") + uint(0)


MESSAGES = {
    "step 1": Message(Kind.SYNC, Sync.STEP_1, lambda _: [protocol.step_1(b"\0")]),
    "step 2": Message(
        Kind.SYNC, Sync.STEP_2, lambda seat: [protocol.step_2(addition(seat))], is_write=True
    ),
    "step 2 after step 1": Message(
        Kind.SYNC,
        Sync.STEP_2,
        lambda seat: [protocol.step_1(b"\0"), protocol.step_2(addition(seat))],
        is_write=True,
    ),
    "step 2 that deletes": Message(
        Kind.SYNC, Sync.STEP_2, lambda seat: [protocol.step_2(deletion(seat))], is_write=True
    ),
    "update": Message(
        Kind.SYNC, Sync.UPDATE, lambda seat: [protocol.update_frame(addition(seat))], is_write=True
    ),
    "update that deletes": Message(
        Kind.SYNC, Sync.UPDATE, lambda seat: [protocol.update_frame(deletion(seat))], is_write=True
    ),
    "update in the dialect": Message(
        Kind.SYNC,
        Sync.UPDATE,
        lambda seat: [
            uint(Kind.ASK) + place_of_the_log(),
            protocol.update_frame(addition(seat)),
        ],
        is_write=True,
    ),
    "two messages in one frame": Message(
        Kind.SYNC,
        Sync.UPDATE,
        lambda seat: [protocol.step_1(b"\0") + protocol.update_frame(addition(seat))],
        is_known=False,
    ),
    "presence": Message(
        Kind.AWARENESS, None, lambda _: [presence(STRANGER, 1, {"user": {"name": "Ann"}})]
    ),
    "presence as another": Message(
        Kind.AWARENESS,
        None,
        lambda seat: [
            presence(STRANGER, 1, {}),
            *(presence(client, 99, {"user": {"name": "Eve"}}) for client in seat.peer.people),
            *(presence(client, 99, None) for client in seat.peer.people),
        ],
    ),
    "query": Message(Kind.QUERY_AWARENESS, None, lambda _: [uint(Kind.QUERY_AWARENESS)]),
    "ask": Message(Kind.ASK, None, lambda _: [uint(Kind.ASK)]),
    "ask in the dialect": Message(Kind.ASK, None, lambda _: [uint(Kind.ASK) + place_of_the_log()]),
    "ask from another log": Message(
        Kind.ASK, None, lambda _: [uint(Kind.ASK) + string("e") + uint(10**6)]
    ),
    "check": Message(
        Kind.CHECK,
        None,
        lambda _: [
            uint(Kind.ASK) + place_of_the_log(),
            uint(Kind.CHECK) + uint(1) + string("0" * 64),
        ],
    ),
    "check out of turn": Message(
        Kind.CHECK,
        None,
        lambda _: [uint(Kind.CHECK) + uint(1) + string("0" * 64)],
        is_known=False,
    ),
    # What only the server says.
    "stored": Message(Kind.STORED, None, lambda _: [protocol.stored_frame(9, 9)], is_known=False),
    "refused": Message(
        Kind.REFUSED, None, lambda _: [protocol.refused_frame(1, Refusal.ENDED)], is_known=False
    ),
    "changed": Message(
        Kind.CHANGED, None, lambda seat: [protocol.changed_frame(9, addition(seat))], is_known=False
    ),
    "welcome": Message(
        Kind.WELCOME,
        None,
        lambda seat: [
            uint(Kind.WELCOME) + string("e") + uint(9) + uint(0) + buffer(addition(seat))
        ],
        is_known=False,
    ),
    "checked": Message(
        Kind.CHECKED, None, lambda _: [protocol.checked_frame(1, is_equal=False)], is_known=False
    ),
}


def test_no_kind_of_message_is_forgotten() -> None:
    assert {message.kind for message in MESSAGES.values()} == set(Kind)
    assert {message.sync for message in MESSAGES.values()} == {None, *Sync}


# Who says it -----------------------------------------------------------------------------------


class Situation(NamedTuple):
    """who: the guest at the socket, once everything is as it is to be. refusal: what writing is
    answered with. role: what the others see."""

    who: Callable[[Desk], Guest]
    refusal: Refusal
    role: Role


def an_observer(desk: Desk) -> Guest:
    return desk.add(Role.OBSERVER)


def after_the_end(desk: Desk) -> Guest:
    lifecycle.end(desk.design)
    return desk.add(Role.CANDIDATE)


def in_quarantine(desk: Desk) -> Guest:
    rows = Log.objects.filter(id=log.find_log(desk.board))
    rows.update(quarantine="It cannot be read.", good_seq=sum_up(desk.board))
    return desk.add(Role.CANDIDATE)


SITUATIONS = {
    "observer": Situation(an_observer, Refusal.READ_ONLY, Role.OBSERVER),
    "ended": Situation(after_the_end, Refusal.ENDED, Role.CANDIDATE),
    "quarantined": Situation(in_quarantine, Refusal.QUARANTINED, Role.CANDIDATE),
}


@pytest.mark.parametrize("name", SITUATIONS)
async def test_no_message_writes_or_speaks_for_another(desk: Desk, name: str) -> None:
    situation = SITUATIONS[name]
    await write_something(desk)
    guest = await in_database(situation.who, desk)
    rows = await in_database(count_rows, desk.board)
    ann = await Seat(desk.socket("board")).join()
    await ann.socket.send(presence(ann.peer.doc.client_id, 1, {"cursor": 1}))

    for said, message in MESSAGES.items():
        bob = await Seat(desk.socket("board", guest)).join()
        closed = await outcome(bob, message.frames(bob))

        assert closed == (None if message.is_known else CloseCode.NOT_OF_THE_PROTOCOL), said
        assert {reason for _, reason in bob.peer.refused} == (
            {situation.refusal} if message.is_write else set()
        ), said
        await bob.socket.close()

    newcomer = await Seat(desk.socket("board")).join()
    await newcomer.until(lambda: ann.peer.doc.client_id in newcomer.peer.people)
    await answered(ann)
    for seat in (ann, newcomer):
        assert set(components_of(seat.peer.doc)) == {"a"}
    assert newcomer.peer.people[ann.peer.doc.client_id]["user"]["name"] == "Ann"
    assert set(ann.peer.people) <= {STRANGER, ann.peer.doc.client_id}
    assert await in_database(count_rows, desk.board) == rows
    await ann.socket.close()
    await newcomer.socket.close()


async def write_something(desk: Desk) -> None:
    ann = await Seat(desk.socket("board")).join()
    await ann.edit("a")
    await ann.until(lambda: ann.peer.is_saved)
    await ann.socket.close()
    await current_host().drain()


async def outcome(seat: Seat, frames: list[bytes]) -> int | None:
    """What the socket was closed with, or None once everything it said has been dealt with."""
    for frame in frames:
        await seat.socket.send(frame)
    try:
        await answered(seat, 1 + sum(frame == protocol.step_1(b"\0") for frame in frames))
    except Closed as closed:
        return closed.code
    return None


async def answered(seat: Seat, answers: int = 1) -> None:
    """A step 1 is answered in turn, after what was said before it. Raises Closed."""
    await seat.socket.send(protocol.step_1(b"\0"))
    for _ in range(answers):
        seat.peer.is_synced = False
        await seat.until(lambda: seat.peer.is_synced)


# Who may no longer be here ---------------------------------------------------------------------


async def test_after_a_revoked_link_no_message_writes_and_no_socket_opens(desk: Desk) -> None:
    await write_something(desk)
    guest, link = await in_database(come_by_link, desk)
    seats = [await Seat(desk.socket("board", guest)).join() for _ in MESSAGES]
    said = [message.frames(seat) for message, seat in zip(MESSAGES.values(), seats, strict=True)]

    await in_database(revoke_link, desk.design, link.id)
    codes = [await seat.socket.close_code() for seat in seats]
    for seat, frames in zip(seats, said, strict=True):
        for frame in frames:
            await seat.socket.send(frame)
        assert await seat.socket.is_silent()
        await seat.socket.close()

    assert set(codes) == {CloseCode.NOT_ALLOWED}
    assert await in_database(count_rows, desk.board) == 2
    for document in ("board", "private", "own", "events"):
        assert not await desk.socket(document, guest).open()


def come_by_link(desk: Desk) -> tuple[Guest, ShareLink]:
    participant = make_participant(desk.design, Role.CANDIDATE)
    assert participant.guest
    assert participant.link
    return participant.guest, participant.link


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER])
async def test_the_private_document_cannot_be_reached_by_any_message(
    desk: Desk, role: Role
) -> None:
    """Its socket does not open, and the board's socket has no message that names a document."""
    ann = await Seat(desk.socket("private")).join()
    guest = await in_database(desk.add, role)

    assert not await desk.socket("private", guest).open()
    for message in MESSAGES.values():
        bob = await Seat(desk.socket("board", guest)).join()
        await outcome(bob, message.frames(bob))
        await bob.socket.close()

    await answered(ann)
    assert components_of(ann.peer.doc) == {}
    assert await in_database(private_rows, desk) == 1
    await ann.socket.close()


def private_rows(desk: Desk) -> int:
    return count_rows(DocumentKey(desk.id, DocumentName.PRIVATE))


# Sizes on the wire -----------------------------------------------------------------------------


@pytest.mark.parametrize("over", range(-1, 4))
async def test_a_message_at_the_limit_is_taken_whole_or_closes(desk: Desk, over: int) -> None:
    ann = await Seat(desk.socket("board")).join()
    frame, title = step_2_of_size(settings.SOCKET_FRAME_MAX_BYTES + over)

    closed = await outcome(ann, [frame])

    assert closed == (CloseCode.TOO_LARGE if over > 0 else None)
    bob = await Seat(desk.socket("board")).join()
    assert bob.peer.doc.get("meta", type=Map).get("title") == (None if over > 0 else title)
    await ann.socket.close()
    await bob.socket.close()


def step_2_of_size(size: int) -> tuple[bytes, str]:
    """A whole frame of just this many bytes, and the title it gives the board."""

    def frame_of(title: str) -> bytes:
        written = b"\x77" + string(title)
        struct = values(written, parent="meta", key="title")
        return protocol.step_2(update([(STRANGER, 0, [struct])]))

    title = "x" * (size - (len(frame_of("x" * size)) - size))
    frame = frame_of(title)
    assert len(frame) == size
    return frame, title
