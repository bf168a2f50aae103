"""The room without a network: who sees what, when, and what the sender is told."""

import random
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from pycrdt import Doc, Map

from apps.rooms.room import protocol
from apps.rooms.room.connection import Person
from apps.rooms.room.encoding import string, uint
from apps.rooms.room.ledger import MAX_ITEMS, Ledger
from apps.rooms.room.protocol import How, Kind, Place, Refusal
from tests.rooms.peer import (
    DialectPeer,
    Peer,
    components_of,
    first_update,
    note_of,
    presence,
    put_component,
    random_change,
    replayed,
    write_note,
)
from tests.rooms.table import BOARD, EPOCH, Table

READER = Person({"name": "Olga"}, refusal=Refusal.READ_ONLY)
ANN = Person({"name": "Ann"}, participant=UUID(int=1))
BOB = Person({"name": "Bob"}, participant=UUID(int=2))


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

    assert bob.peer.is_synced
    assert components_of(bob.peer.doc) == {}

    table.settle()

    assert "a" in components_of(bob.peer.doc)


def test_what_is_stored_in_one_go_goes_out_in_one_frame(table: Table) -> None:
    ann, bob, carl = table.sit(), table.sit(), table.sit()
    table.settle()
    ann.edit(put_component("a"))
    bob.edit(put_component("b"))
    for seat in (ann, bob):
        seat.deliver_to_room()

    table.commit()

    assert [frame[0] for frame in carl.socket.frames] == [Kind.SYNC]
    table.settle()
    assert set(components_of(carl.peer.doc)) == {"a", "b"}


def test_who_made_all_of_a_batch_does_not_hear_of_it(table: Table) -> None:
    ann = table.sit()
    table.settle()

    ann.edit(put_component("a"))
    ann.edit(put_component("b"))
    for _ in range(2):
        ann.deliver_to_room()
    table.commit()

    assert [frame[0] for frame in ann.socket.frames] == [Kind.STORED]


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
    before = table.updates

    reader.say(list(writes_of(reader.peer))[way])
    table.settle()

    assert table.updates == before
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
    [b"", b"\x01", b"\xff" * 10_000, b"\x00\x00\x00"],
)
def test_bytes_that_are_no_update_close_their_sender_only(table: Table, update: bytes) -> None:
    ann, bob = table.sit(), table.sit()
    table.settle()

    ann.say(protocol.update_frame(update))
    table.settle()

    assert ann.socket.closed == (1008, "malformed")
    assert bob.socket.closed is None


@pytest.mark.parametrize("seed", range(12))
def test_clients_converge_whatever_the_delays_and_faults(seed: int) -> None:
    """Random edits, deliveries, commits, reconnects and crashes: in the end all documents are the
    same, the log gives it too, and every edit that was acknowledged is in it."""
    rng = random.Random(seed)
    table = Table(first_update())
    for number in range(5):
        table.sit(peer=(Peer, DialectPeer)[number % 2](client_id=100 + number))
    table.settle()

    for _ in range(400):
        play(rng, table)
        assert_acknowledged_is_stored(table)
    table.settle()

    contents = [content_of(seat.peer.doc) for seat in table.seats]
    assert contents == [content_of(replayed(table.updates))] * 5
    assert content_of(replayed([table.room.timeline.whole()])) == contents[0]
    assert all(seat.peer.is_saved for seat in table.seats)


def content_of(doc: "Doc[Any]") -> tuple[dict[str, Any], str]:
    return components_of(doc), note_of(doc, "data")


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
    stored = Ledger(BOARD)
    for row in table.log:
        stored.add_stored(row.update, row.participant)
    for seat in table.seats:
        if seat.peer.is_saved:
            assert stored.is_known(seat.peer.doc.get_update())


# Client ids belong to people -------------------------------------------------------------------


def test_a_forged_client_id_is_refused(table: Table) -> None:
    ann, eve = table.sit(ANN, Peer(client_id=100)), table.sit(BOB, Peer(client_id=200))
    table.settle()
    ann.edit(write_note("data", "mine"))
    table.settle()
    forged = Peer(client_id=100)
    forged.doc.apply_update(eve.peer.doc.get_update())

    eve.say(*forged.edit(write_note("data", "forged")))
    table.settle()

    assert eve.socket.closed == (1008, "not-yours")
    assert note_of(ann.peer.doc, "data") == "mine"


def test_a_client_id_that_somebody_shows_is_theirs_before_they_write(table: Table) -> None:
    ann, eve = table.sit(ANN, Peer(client_id=100)), table.sit(BOB, Peer(client_id=200))
    ann.say(*ann.peer.show({"cursor": 1}, clock=1))
    table.settle()
    forged = Peer(client_id=100)
    forged.doc.apply_update(eve.peer.doc.get_update())

    eve.say(*forged.edit(write_note("data", "forged")))
    table.settle()
    ann.edit(write_note("data", "mine"))
    table.settle()

    assert eve.socket.closed == (1008, "not-yours")
    assert ann.peer.is_saved


def test_a_frame_of_too_many_pieces_is_refused_and_the_rest_goes_on(table: Table) -> None:
    ann, bob = table.sit(), table.sit()
    table.settle()

    def scribble(doc: "Doc[Any]") -> None:
        note = doc.get("notes", type=Map)["data"]
        for _ in range(MAX_ITEMS + 1):
            note.insert(0, "x")

    ann.edit(scribble)
    table.settle()

    assert ann.peer.refused == [(2, "too-large")]
    assert note_of(bob.peer.doc, "data") == ""
    assert ann.socket.closed is None


def test_an_earlier_tab_s_edits_are_still_one_s_own(table: Table) -> None:
    earlier, bob = table.sit(ANN), table.sit(BOB)
    table.settle()
    earlier.edit(put_component("a"))
    table.settle()
    offline = earlier.peer.edit(put_component("b"))
    table.leave(earlier)

    later = table.sit(ANN)
    later.say(*offline)
    table.settle()

    assert later.connection.settled == later.connection.received
    assert set(components_of(bob.peer.doc)) == {"a", "b"}


# Our own dialect -------------------------------------------------------------------------------


def test_who_comes_back_gets_only_what_it_missed(table: Table) -> None:
    ann, bob = table.sit(ANN, DialectPeer()), table.sit(BOB, DialectPeer())
    ann.edit(put_component("a"))
    table.settle()
    table.leave(bob)
    ann.edit(put_component("b"))
    table.settle()

    back = table.sit(BOB, bob.peer)
    table.settle()

    assert isinstance(back.peer, DialectPeer)
    assert back.peer.how is How.WHAT_CAME_AFTER
    assert back.peer.seq == len(table.log)
    assert set(components_of(back.peer.doc)) == {"a", "b"}


def test_rows_are_counted_for_the_writer_and_for_the_others(table: Table) -> None:
    ann, bob = table.sit(ANN, DialectPeer()), table.sit(BOB, DialectPeer())
    table.settle()

    for number in range(3):
        ann.edit(put_component(f"c{number}"))
        table.settle()

    assert isinstance(ann.peer, DialectPeer)
    assert isinstance(bob.peer, DialectPeer)
    assert ann.peer.seq == bob.peer.seq == len(table.log)


def test_a_copy_of_another_log_is_set_aside(table: Table) -> None:
    ann = table.sit(ANN, DialectPeer())
    ann.edit(put_component("lost"))
    table.settle()
    del table.log[1:]
    table.epoch = "e2"

    table.crash()
    table.settle()
    (back,) = table.seats

    assert isinstance(back.peer, DialectPeer)
    assert back.peer.aside is not None
    assert "lost" in components_of(back.peer.aside)
    assert components_of(back.peer.doc) == {}


def test_who_knows_more_than_the_log_is_looked_into(table: Table) -> None:
    seat = table.sit(ANN, DialectPeer())
    seat.to_room.clear()

    seat.say(uint(Kind.ASK) + string(table.epoch) + uint(99))
    table.settle()

    assert table.room.doubts == [(seat.connection, Place(table.epoch, 99))]
    assert not seat.peer.is_synced


def test_checks_are_taken_from_those_who_count_rows(table: Table) -> None:
    seat, stock = table.sit(ANN, DialectPeer()), table.sit(BOB)
    table.settle()
    check = uint(Kind.CHECK) + uint(1) + string("0abc")

    seat.say(check)
    stock.say(check)
    table.settle()

    assert table.room.checks == {seat.connection: protocol.Check(1, "0abc")}
    assert stock.socket.closed == (1008, "not asked yet")


def test_who_lacks_rows_when_checking_gets_them_at_once(table: Table) -> None:
    ann, bob = table.sit(ANN, DialectPeer()), table.sit(BOB, DialectPeer())
    ann.edit(put_component("lost on its way"))
    table.settle()
    assert isinstance(bob.peer, DialectPeer)

    bob.say(uint(Kind.CHECK) + uint(1) + string("0abc"))
    table.settle()

    assert bob.peer.how is protocol.How.WHAT_CAME_AFTER
    assert table.room.checks == {}


def test_rows_that_come_after_a_check_are_told_once(table: Table) -> None:
    ann, bob = table.sit(ANN, DialectPeer()), table.sit(BOB, DialectPeer())
    table.settle()
    assert isinstance(bob.peer, DialectPeer)
    bob.say(uint(Kind.CHECK) + uint(1) + string("0abc"))
    table.settle()

    ann.edit(put_component("later"))
    table.settle()

    assert "later" in components_of(bob.peer.doc)
    assert bob.peer.how is protocol.How.WHOLE
    assert table.room.checks == {bob.connection: protocol.Check(1, "0abc")}


# What was deleted ------------------------------------------------------------------------------


GUEST = Person({"name": "Gus"}, participant=UUID(int=3), reads_history=False)


@pytest.mark.parametrize("newcomer", [Peer, DialectPeer])
def test_a_guest_who_comes_late_waits_for_a_snapshot(
    table: Table, newcomer: Callable[[], Peer]
) -> None:
    ann = table.sit(ANN)
    table.settle()
    ann.edit(write_note("data", "secret"))
    ann.edit(lambda doc: doc.get("notes", type=Map)["data"].clear())
    table.settle()

    guest, owner = table.sit(GUEST, newcomer()), table.sit(ANN, newcomer())
    table.settle()
    assert owner.peer.is_synced
    assert not guest.peer.is_synced
    assert table.room.waits_for_snapshot

    snapshot = replayed(table.updates).get_update()
    newcomers = table.room.take_newcomers()
    table.room.timeline.rebase(Ledger(BOARD).add_base(snapshot), table.room.timeline.seq)
    table.room.let_in(newcomers)

    assert guest.socket.frames
    assert not any(b"secret" in frame for frame in guest.socket.frames)
    table.settle()
    assert guest.peer.is_synced


def test_a_guest_who_has_heard_it_already_waits_for_nothing(table: Table) -> None:
    guest, ann = table.sit(GUEST, DialectPeer()), table.sit(ANN)
    table.settle()
    ann.edit(write_note("data", "word"))
    ann.edit(lambda doc: doc.get("notes", type=Map)["data"].clear())
    table.settle()

    guest.say(uint(Kind.ASK) + string(table.epoch) + uint(1))
    table.settle()

    assert not table.room.waits_for_snapshot
    assert isinstance(guest.peer, DialectPeer)
    assert guest.peer.how is How.WHAT_CAME_AFTER


@pytest.mark.parametrize("then", [protocol.step_1(b"\0"), uint(Kind.ASK) + string(EPOCH) + uint(1)])
def test_a_guest_who_says_that_they_have_it_already_is_not_believed(
    table: Table, then: bytes
) -> None:
    ann = table.sit(ANN)
    table.settle()
    ann.edit(write_note("data", "secret"))
    ann.edit(lambda doc: doc.get("notes", type=Map)["data"].clear())
    table.settle()
    guest = table.sit(GUEST)
    guest.to_room.clear()

    guest.say(uint(Kind.ASK) + string(EPOCH) + uint(table.room.timeline.seq), then)
    while guest.to_room:
        guest.deliver_to_room()

    assert not any(b"secret" in frame for frame in guest.socket.frames)
    assert table.room.waits_for_snapshot


# Several processes -----------------------------------------------------------------------------


def test_an_edit_on_another_process_s_row_waits_for_that_row(table: Table) -> None:
    table.room.is_alone = False
    ann, far = table.sit(ANN), Peer(client_id=7)
    table.settle()
    far.doc.apply_update(ann.peer.doc.get_update())
    far.edit(put_component("far"))
    rows = table.append_elsewhere(far.doc.get_update(), participant=BOB.participant)
    ann.peer.doc.apply_update(far.doc.get_update())  # it has heard of it there, before it moved

    ann.edit(lambda doc: doc.get("components", type=Map)["far"].update({"x": 9.0}))
    ann.edit(put_component("near"))
    while ann.to_room:
        ann.deliver_to_room()
    assert table.room.waits_for_rows
    assert not table.room.has_pending

    table.room.add_stored(rows)
    table.room.look_again()
    table.settle()

    assert ann.peer.is_saved
    assert components_of(replayed(table.updates))["far"]["x"] == 9.0
    assert "near" in components_of(replayed(table.updates))


def test_rows_of_another_process_reach_everybody_here(table: Table) -> None:
    ann, far = table.sit(ANN), Peer(client_id=7)
    table.settle()
    far.edit(put_component("far"))

    table.room.add_stored(table.append_elsewhere(far.doc.get_update()))
    table.room.flush()
    table.settle()

    assert "far" in components_of(ann.peer.doc)


# Presence --------------------------------------------------------------------------------------


def test_the_server_says_who_somebody_is(table: Table) -> None:
    ann, bob = table.sit(Person({"name": "Ann"})), table.sit(Person({"name": "Bob"}))

    ann.say(*ann.peer.show({"cursor": [1, 2], "user": {"name": "Bob", "role": "owner"}}, clock=1))
    table.settle()

    assert bob.peer.people == {ann.peer.doc.client_id: {"cursor": [1, 2], "user": {"name": "Ann"}}}


@pytest.mark.parametrize(
    "claim",
    [
        '{"user":{"name":"Bob","role":"owner"},"cursor":1}',
        '{"user": {"name": "Bob"}, "cursor": 1}',
        '{"cursor":1,"user":{"name":"Bob"}}',
        '{"cursor":1,"\\u0075ser":{"name":"Bob"}}',
        '{"user":{"name":"Ann"},"cursor":1,"user":{"name":"Bob"}}',
        '{"user":"Bob","cursor":1}',
    ],
)
def test_no_spelling_of_a_name_gets_past_the_server(table: Table, claim: str) -> None:
    ann, bob = table.sit(), table.sit(Person({"name": "Bob"}))
    entries = [protocol.PresenceEntry(7, clock, claim) for clock in (1, 2)]

    for entry in entries:  # the second one by the shorter way
        ann.say(protocol.presence_frame([entry]))
        table.settle()

    assert bob.peer.people == {7: {"cursor": 1, "user": {"name": "Ann"}}}
    (shown,) = table.room.presence.everybody()
    assert shown.state.count("user") == 1


def test_only_the_latest_of_each_pointer_goes_out(table: Table) -> None:
    ann, bob, carl = table.sit(), table.sit(), table.sit()
    table.settle()
    for clock in (1, 2, 3):
        ann.say(*ann.peer.show({"cursor": clock}, clock))
        ann.deliver_to_room()
    bob.say(*bob.peer.show({"cursor": 9}, clock=1))
    bob.deliver_to_room()

    table.room.flush()

    assert len(carl.socket.frames) == 1
    table.settle()
    cursors = {client: state["cursor"] for client, state in carl.peer.people.items()}
    assert cursors == {ann.peer.doc.client_id: 3, bob.peer.doc.client_id: 9}


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
    [
        "[]",
        '"x"',
        "{",
        "{} ",
        '{"a": NaN}',
        '{"a": -Infinity}',
        "[" * 9000,
        '{"a":' * 9000,
        '{"a": "' + "x" * 17_000 + '"}',
    ],
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
