"""The room without a network: who sees what, when, and what the sender is told."""

import random
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from pycrdt import Doc, Map

from apps.rooms.room import protocol
from apps.rooms.room.connection import Person
from apps.rooms.room.encoding import uint
from apps.rooms.room.live import Broke, LiveDocument
from apps.rooms.room.protocol import Kind, Refusal
from tests.rooms.peer import (
    Peer,
    components_of,
    first_update,
    note_of,
    presence,
    put_component,
    random_change,
    write_note,
)
from tests.rooms.table import Table

READER = Person({"name": "Olga"}, refusal=Refusal.READ_ONLY)


@pytest.fixture
def table() -> Table:
    return Table(first_update())


def test_an_edit_reaches_the_others_only_after_the_commit(table: Table) -> None:
    ann, bob = table.sit(), table.sit()
    table.settle()

    ann.edit(put_component("a", "Ranker"))
    ann.deliver_to_room()

    assert not bob.socket.frames
    assert ann.peer.stored < ann.peer.sent

    table.settle()

    assert components_of(bob.peer.doc)["a"]["name"] == "Ranker"
    assert ann.peer.is_saved


def test_a_newcomer_is_not_shown_what_could_still_be_lost(table: Table) -> None:
    ann = table.sit()
    table.settle()
    ann.edit(put_component("a"))
    ann.deliver_to_room()

    bob = table.sit()
    while bob.to_room:
        bob.deliver_to_room()
    while bob.socket.frames:
        bob.deliver_to_peer()

    assert not bob.peer.is_synced

    table.settle()

    assert "a" in components_of(bob.peer.doc)


def test_acknowledgements_count_document_frames(table: Table) -> None:
    ann = table.sit()
    table.settle()
    ann.edit(put_component("a"))
    ann.edit(put_component("b"))
    ann.deliver_to_room()
    table.commit()
    ann.deliver_to_room()

    while ann.socket.frames:
        ann.deliver_to_peer()

    assert (ann.peer.sent, ann.peer.stored) == (3, 2)  # the step 2 of the greeting is the first


def test_what_came_by_an_old_socket_is_acknowledged_only_when_stored(table: Table) -> None:
    old = table.sit()
    table.settle()
    old.edit(put_component("a"))
    old.deliver_to_room()

    new = table.sit(peer=old.peer)  # its step 2 repeats what is still on its way into the log
    while new.to_room or new.socket.frames:
        for _ in range(len(new.to_room)):
            new.deliver_to_room()
        for _ in range(len(new.socket.frames)):
            new.deliver_to_peer()

    assert (new.peer.sent, new.peer.stored) == (1, 0)

    table.commit()
    table.settle()

    assert new.peer.is_saved


def test_a_client_that_does_not_ask_gets_no_message_of_ours(table: Table) -> None:
    seat = table.sit()
    seat.to_room.remove(uint(Kind.ASK))
    seat.edit(put_component("a"))

    while seat.to_room:
        seat.deliver_to_room()
    table.commit()

    assert {frame[0] for frame in seat.socket.frames} == {Kind.SYNC}


def writes_of(peer: Peer) -> Iterator[bytes]:
    """Every way to say a change."""
    update = peer.edit(put_component("evil"))[0][2:]
    yield uint(Kind.SYNC) + uint(protocol.Sync.UPDATE) + update
    yield uint(Kind.SYNC) + uint(protocol.Sync.STEP_2) + update


@pytest.mark.parametrize("refusal", [Refusal.READ_ONLY, Refusal.ENDED])
@pytest.mark.parametrize("way", [0, 1])
def test_a_reader_cannot_write_by_any_message(table: Table, refusal: Refusal, way: int) -> None:
    ann, reader = table.sit(), table.sit(Person({"name": "Olga"}, refusal=refusal))
    table.settle()
    before = list(table.log)

    reader.say(list(writes_of(reader.peer))[way])
    table.settle()

    assert table.log == before
    assert components_of(ann.peer.doc) == {}
    assert reader.peer.refused == [(2, refusal.value)]


def test_a_reader_may_say_that_it_has_nothing_new(table: Table) -> None:
    ann = table.sit()
    ann.edit(put_component("a"))
    table.settle()
    ann.edit(lambda doc: doc.get("components", type=Map).pop("a"))
    reader = table.sit(READER)
    table.settle()

    again = table.sit(READER, reader.peer)  # its step 2 repeats the deletion that it knows of
    table.settle()

    assert again.peer.refused == []
    assert again.peer.is_saved


def test_a_gap_is_answered_by_asking_for_what_is_missing(table: Table) -> None:
    ann, bob = table.sit(), table.sit()
    table.settle()
    ann.peer.edit(put_component("lost"))  # never sent
    ann.peer.sent -= 1

    ann.edit(put_component("after"))
    ann.deliver_to_room()
    table.commit()
    assert ann.connection.settled == 1

    table.settle()

    assert set(components_of(bob.peer.doc)) == {"lost", "after"}
    assert ann.peer.is_saved


def test_a_frame_that_is_too_large_is_refused_and_the_rest_goes_on(table: Table) -> None:
    ann, bob = table.sit(), table.sit()
    table.settle()

    ann.edit(write_note("data", "x" * (protocol.MAX_UPDATE_BYTES + 1)))
    table.settle()

    assert ann.peer.refused == [(2, "too-large")]
    assert note_of(bob.peer.doc, "data") == ""
    assert ann.socket.closed is None


@pytest.mark.parametrize(
    "update",
    [b"", b"\x01", b"\xff" * 10_000, b"\x00\x00\x00", b"\x01\x01\x05\x00\x09\x01\x01a\x00\x00"],
)
def test_bytes_that_are_no_update_close_their_sender_only(table: Table, update: bytes) -> None:
    ann, bob = table.sit(), table.sit()
    table.settle()

    ann.say(protocol.update_frame(update))
    table.settle()

    assert ann.socket.closed == (1008, "malformed")
    assert bob.socket.closed is None


def test_a_document_that_broke_is_loaded_again(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob, eve = table.sit(), table.sit(), table.sit()
    table.settle()
    ann.edit(put_component("a"))
    ann.deliver_to_room()
    with monkeypatch.context() as broken:
        broken.setattr(LiveDocument, "accept", lambda _self, _update: Broke("a panic"))
        eve.edit(put_component("evil"))
        eve.deliver_to_room()
    bob.edit(put_component("b"))
    bob.deliver_to_room()

    table.settle()

    assert eve.socket.closed == (1008, "malformed")
    assert set(components_of(ann.peer.doc)) == set(components_of(bob.peer.doc)) == {"a", "b"}
    assert bob.peer.is_saved


class Panic(BaseException):
    """As the library raises it."""


def panic(*_: object) -> None:
    raise Panic


def test_a_panic_of_the_library_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveDocument(frozenset({"components"}))
    message = protocol.read_message(Peer().edit(put_component("a"))[0])
    assert isinstance(message, protocol.DocumentFrame)
    monkeypatch.setattr(Doc, "apply_update", panic)

    assert isinstance(live.accept(message.update), Broke)


def test_a_panic_over_another_process_s_row_loads_the_document_again(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, elsewhere = table.sit(), Peer()
    table.settle()
    elsewhere.edit(put_component("far"))
    row = elsewhere.doc.get_update()
    table.log.append(row)
    with monkeypatch.context() as broken:
        broken.setattr(Doc, "apply_update", panic)
        table.room.add_stored([row])

    table.settle()
    ann.edit(put_component("near"))
    table.settle()

    assert set(components_of(ann.peer.doc)) == {"far", "near"}
    assert content_of(replayed(table.log)) == content_of(ann.peer.doc)


@pytest.mark.parametrize("seed", range(12))
def test_clients_converge_whatever_the_delays_and_faults(seed: int) -> None:
    """Random edits, deliveries, commits, reconnects and crashes: in the end all documents are the
    same, the log gives it too, and every edit that was acknowledged is in it."""
    rng = random.Random(seed)
    table = Table(first_update())
    for number in range(5):
        table.sit(peer=Peer(client_id=100 + number))
    table.settle()

    for _ in range(400):
        play(rng, table)
        assert_acknowledged_is_stored(table)
    table.settle()

    contents = [content_of(seat.peer.doc) for seat in table.seats]
    assert contents == [content_of(replayed(table.log))] * 5
    assert all(seat.peer.is_saved for seat in table.seats)


def content_of(doc: "Doc[Any]") -> tuple[dict[str, Any], str]:
    return components_of(doc), note_of(doc, "data")


def replayed(log: list[bytes]) -> "Doc[Any]":
    doc: Doc[Any] = Doc()
    for update in log:
        doc.apply_update(update)
    return doc


def play(rng: random.Random, table: Table) -> None:
    seat = rng.choice(table.seats)
    choice = rng.random()
    if choice < 0.3:
        seat.edit(random_change(rng))
    elif choice < 0.6 and seat.to_room:
        seat.deliver_to_room()
    elif choice < 0.85 and seat.socket.frames:
        seat.deliver_to_peer()
    elif choice < 0.95:
        table.commit()
    elif choice < 0.98:
        table.leave(seat)
        table.sit(seat.connection.person, seat.peer)
    elif choice > 0.995:
        table.crash()


def assert_acknowledged_is_stored(table: Table) -> None:
    stored = LiveDocument(table.room.live.roots, table.log)
    for seat in table.seats:
        if seat.peer.is_saved:
            assert stored.is_known(seat.peer.doc.get_update())


# Presence --------------------------------------------------------------------------------------


def test_the_server_says_who_somebody_is(table: Table) -> None:
    ann, bob = table.sit(Person({"name": "Ann"})), table.sit(Person({"name": "Bob"}))

    ann.say(*ann.peer.show({"cursor": [1, 2], "user": {"name": "Bob", "role": "owner"}}, clock=1))
    table.settle()

    assert bob.peer.people == {ann.peer.doc.client_id: {"cursor": [1, 2], "user": {"name": "Ann"}}}


def test_nobody_speaks_for_another(table: Table) -> None:
    ann, bob = table.sit(Person({"name": "Ann"})), table.sit(Person({"name": "Bob"}))
    ann.say(*ann.peer.show({"cursor": 1}, clock=1))
    bob.say(*bob.peer.show({"cursor": 2}, clock=1))
    table.settle()

    bob.say(*bob.peer.show({"cursor": 666}, clock=9, client_id=ann.peer.doc.client_id))
    bob.say(*bob.peer.show(None, clock=10, client_id=ann.peer.doc.client_id))
    carl = table.sit()
    table.settle()

    assert carl.peer.people[ann.peer.doc.client_id] == {"cursor": 1, "user": {"name": "Ann"}}


def test_the_same_person_takes_a_client_id_over_from_a_dead_socket(table: Table) -> None:
    ann = Person({"name": "Ann"}, participant=UUID(int=1))
    old, bob = table.sit(ann), table.sit()
    old.say(*old.peer.show({"cursor": 1}, clock=1))
    table.settle()

    new = table.sit(ann, old.peer)
    new.say(*new.peer.show({"cursor": 2}, clock=2))
    table.settle()
    table.leave(old)
    table.settle()

    assert bob.peer.people[new.peer.doc.client_id] == {"cursor": 2, "user": {"name": "Ann"}}


def test_who_leaves_is_gone(table: Table) -> None:
    ann, bob = table.sit(), table.sit()
    ann.say(*ann.peer.show({"cursor": 1}, clock=1))
    table.settle()

    table.leave(ann)
    table.settle()

    assert bob.peer.people == {ann.peer.doc.client_id: None}
    assert table.room.presence.everybody() == []


@pytest.mark.parametrize(
    "state",
    ["[]", '"x"', "{", '{"a": NaN}', '{"a": 1e999}', "[" * 9000, '{"a": "' + "x" * 17_000 + '"}'],
)
def test_presence_that_is_no_small_object_closes_its_sender(table: Table, state: str) -> None:
    ann = table.sit()

    body = protocol.presence_frame([protocol.PresenceEntry(7, 1, state)])
    ann.say(body)
    table.settle()

    assert ann.socket.closed == (1008, "bad presence")


def test_an_older_state_does_not_come_back(table: Table) -> None:
    ann, bob = table.sit(), table.sit()

    ann.say(presence(7, 5, {"cursor": "new"}), presence(7, 4, {"cursor": "old"}))
    table.settle()

    assert bob.peer.people[7]["cursor"] == "new"
