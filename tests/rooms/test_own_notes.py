"""An interviewer's own document: nobody else reaches it, whatever their role or key."""

from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import pytest
from channels.db import database_sync_to_async
from django.db import IntegrityError, transaction
from pycrdt import Map, Text

from apps.accounts.models import Guest
from apps.core.ids import new_id
from apps.core.permissions import Role
from apps.designs.domain import lifecycle
from apps.designs.domain.announcing import announce_access
from apps.designs.domain.flows import switch_flow
from apps.designs.models import Participant
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain import quarantine
from apps.rooms.domain.batches import Batch, Entry
from apps.rooms.domain.log import append, find_log, last_seq, open_log
from apps.rooms.domain.recovery import recover
from apps.rooms.groups import room_group
from apps.rooms.hosting.host import current_host
from apps.rooms.hosting.threads import reading, writing
from apps.rooms.models import Log
from apps.rooms.room.protocol import CloseCode, Refusal
from tests.rooms.desk import Desk, new_desk
from tests.rooms.peer import Peer
from tests.rooms.test_consumers import Seat

pytestmark = pytest.mark.django_db(transaction=True)
Result = TypeVar("Result")


async def in_database(work: Callable[..., Result], *arguments: Any) -> Result:
    result: Result = await database_sync_to_async(work)(*arguments)
    return result


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    yield await in_database(new_desk)
    await current_host().drain()
    writing.stop()
    reading.stop()


def own_key(desk: Desk, guest: Guest) -> DocumentKey:
    participant = Participant.objects.get(design=desk.design, guest=guest)
    return DocumentKey(desk.id, DocumentName.OWN, participant.id)


def note(seat: Seat) -> str:
    return str(seat.peer.doc.get("notes", type=Map).get("general"))


async def write(seat: Seat, text: str) -> None:
    def insert(doc: Any) -> None:
        notes: Map[Text] = doc.get("notes", type=Map)
        notes["general"].insert(0, text)

    for frame in seat.peer.edit(insert):
        await seat.socket.send(frame)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.OWNER, True),
        (Role.INTERVIEWER, True),
        (Role.CANDIDATE, False),
        (Role.OBSERVER, False),
        (None, False),
    ],
)
async def test_only_interviewers_have_one(desk: Desk, role: Role | None, may: bool) -> None:
    stranger = await in_database(lambda: Guest.objects.create(name="Eve"))
    guest = stranger if role is None else await in_database(desk.add, role)

    socket = desk.socket("own", guest)

    assert await socket.open() is may
    await socket.close()


async def test_each_has_a_document_of_their_own(desk: Desk) -> None:
    colleague = await in_database(desk.add, Role.INTERVIEWER)
    ann = await Seat(desk.socket("own")).join()
    await write(ann, "Ann thinks so. ")
    await ann.until(lambda: ann.peer.is_saved)

    bob = await Seat(desk.socket("own", colleague)).join()
    again = await Seat(desk.socket("own")).join()

    assert (note(bob), note(again)) == ("", "Ann thinks so. ")
    assert bob.peer.people == {}
    for seat in (ann, bob, again):
        await seat.socket.close()


async def test_who_is_an_interviewer_no_more_is_sent_away(desk: Desk) -> None:
    colleague = await in_database(desk.add, Role.INTERVIEWER)
    bob = await Seat(desk.socket("own", colleague)).join()

    await in_database(demote, desk, colleague)

    assert await bob.socket.close_code() == CloseCode.NOT_ALLOWED
    assert not await desk.socket("own", colleague).open()


def demote(desk: Desk, guest: Guest) -> None:
    Participant.objects.filter(design=desk.design, guest=guest).update(role=Role.CANDIDATE.value)
    with transaction.atomic():
        announce_access(desk.id)


async def test_it_is_read_only_after_the_end(desk: Desk) -> None:
    ann = await Seat(desk.socket("own")).join()
    await in_database(lifecycle.end, desk.design)
    late = await Seat(desk.socket("own")).join()

    await write(late, "too late")
    await late.until(lambda: bool(late.peer.refused))

    assert {reason for _, reason in late.peer.refused} == {Refusal.ENDED}
    await ann.socket.close()
    await late.socket.close()


async def test_steps_of_another_flow_come_to_it_too(desk: Desk) -> None:
    ann = await Seat(desk.socket("own")).join()
    before = set(ann.peer.doc.get("notes", type=Map).keys())

    await in_database(switch_flow, desk.design, "system-design")

    # What is stored: another process hears of it a moment later.
    stored, key = Peer(), await in_database(own_key, desk, desk.owner)
    for payload in (await in_database(open_log, key)).payloads:
        stored.doc.apply_update(payload)
    after = set(stored.doc.get("notes", type=Map).keys())
    assert before < after
    assert "scale" in after - before
    await ann.socket.close()


async def test_it_goes_with_its_participant(desk: Desk) -> None:
    colleague = await in_database(desk.add, Role.INTERVIEWER)
    bob = await Seat(desk.socket("own", colleague)).join()
    await bob.socket.close()
    await current_host().drain()
    key = await in_database(own_key, desk, colleague)
    owner_id = key.owner_id
    assert owner_id

    await in_database(lambda: Participant.objects.filter(id=owner_id).delete())

    assert not await in_database(lambda: Log.objects.filter(document=DocumentName.OWN).exists())


async def test_it_is_quarantined_and_recovered_by_itself(desk: Desk) -> None:
    ann = await Seat(desk.socket("own")).join()
    await ann.socket.close()
    await current_host().drain()
    key = await in_database(own_key, desk, desk.owner)

    await in_database(spoil, key)
    assert await in_database(quarantine.in_quarantine, desk.id) == [DocumentName.OWN]
    assert await in_database(recover, desk.id) == [DocumentName.OWN]

    assert await in_database(quarantine.in_quarantine, desk.id) == []
    assert note(await Seat(desk.socket("own")).join()) == ""


def spoil(key: DocumentKey) -> None:
    log_id = find_log(key)
    append([Batch(log_id, last_seq(log_id) + 1, [Entry(b"\xff\xff\xff")])])
    quarantine.quarantine(log_id, "it cannot be read")


async def test_the_database_keeps_owners_to_their_documents(desk: Desk) -> None:
    def without_owner() -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Log.objects.create(design=desk.design, document=DocumentName.OWN)

    def of_the_board() -> None:
        owner = Participant.objects.get(design=desk.design)
        with pytest.raises(IntegrityError), transaction.atomic():
            Log.objects.create(design=desk.design, document=DocumentName.BOARD, owner=owner)

    await in_database(without_owner)
    await in_database(of_the_board)


def test_rooms_of_two_owners_are_two_groups() -> None:
    design, ann, bob = new_id(), new_id(), new_id()
    keys = [DocumentKey(design, DocumentName.OWN, one) for one in (ann, bob)]

    assert len({room_group(key) for key in keys}) == 2
