"""What an update is about to do, read before the library sees it."""

import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text, XmlFragment, merge_updates

from apps.rooms.room.encoding import buffer, string, uint
from apps.rooms.room.live import Accepted, HasGap, LiveDocument, Refused
from apps.rooms.room.outlines import Outline, Run, outline_of
from apps.rooms.room.updates import Unacceptable, vector_of
from tests.rooms.peer import Peer, first_update, put_component, random_change, write_note

ROOTS = frozenset({"components", "notes"})
KEYED_ANY = b"\x28\x01" + string("components") + string("key")  # an item under a key of a root


def struct(body: bytes, client: int = 5, clock: int = 0) -> bytes:
    """An update with one struct and no deletions."""
    return uint(1) + uint(1) + uint(client) + uint(clock) + body + uint(0)


def nested(depth: int) -> bytes:
    return b"\x75\x01" * depth + b"\x7e"


def honest_updates(seed: int, count: int = 60) -> list[bytes]:
    rng = random.Random(seed)
    peer = Peer(client_id=5)
    peer.doc.apply_update(first_update())
    updates = []
    for _ in range(count):
        before = peer.doc.get_state()
        random_change(rng)(peer.doc)
        updates.append(peer.doc.get_update(before))
    return updates


def test_the_outline_of_an_edit() -> None:
    peer = Peer(client_id=5)
    first = peer.doc.get_state()
    put_component("a", "Ranker")(peer.doc)
    del peer.doc.get("components", type=Map)["a"]["x"]

    outline = outline_of(peer.doc.get_update(first), ROOTS)

    assert outline.added == (Run(5, 0, 5),)
    assert [run.client for run in outline.deleted] == [5]
    assert outline_of(b"\x00\x00", ROOTS) == Outline((), ())


@pytest.mark.parametrize("seed", range(4))
def test_honest_edits_are_taken_and_reach_what_their_outline_says(seed: int) -> None:
    live = LiveDocument(ROOTS, [first_update()])

    for update in honest_updates(seed):
        outline = outline_of(update, ROOTS)
        assert isinstance(live.accept(update), Accepted)
        vector = vector_of(live.state_vector)
        assert all(vector[run.client] == run.end for run in outline.added)


@pytest.mark.parametrize(
    "update",
    [
        pytest.param(struct(KEYED_ANY + uint(1) + nested(17)), id="deep value"),
        pytest.param(struct(KEYED_ANY + uint(2**40)), id="declared count"),
        pytest.param(struct(KEYED_ANY + uint(0)), id="no value"),
        pytest.param(struct(KEYED_ANY + uint(1) + b"\x7a" + b"\x00" * 8), id="64-bit integer"),
        pytest.param(struct(KEYED_ANY + uint(1) + b"\x74" + buffer(b"x")), id="bytes"),
        pytest.param(struct(b"\x08\x01" + string("elsewhere") + uint(1) + b"\x7e"), id="root"),
        pytest.param(struct(b"\x08\x01" + string("notes") + uint(1) + b"\x7e"), id="list in root"),
        pytest.param(struct(b"\x27\x01" + string("notes") + string("k") + uint(0)), id="array"),
        pytest.param(struct(b"\x24\x01" + string("notes") + string("k") + string("")), id="empty"),
        pytest.param(struct(b"\x29\x01" + string("notes") + string("k") + b"\x00\x00"), id="doc"),
        pytest.param(
            struct(b"\x26\x01" + string("notes") + string("k") + b"\x00\x00"), id="format"
        ),
        pytest.param(struct(b"\x00" + uint(2**40)), id="long"),
        pytest.param(struct(b"\x00\x01") + b"\x00", id="trailing"),
        pytest.param(uint(2) + struct(b"\x00\x01")[1:-1] * 2 + uint(0), id="client twice"),
        pytest.param(uint(2**40), id="clients"),
        pytest.param(b"\x00" + uint(2**40), id="deletions"),
        pytest.param(b"\x00\x01\x05\x01\x00\x00", id="empty deletion"),
    ],
)
def test_what_no_honest_client_writes_is_refused(update: bytes) -> None:
    with pytest.raises(Unacceptable):
        outline_of(update, ROOTS)


@pytest.mark.parametrize("kind", [Array, XmlFragment])
def test_roots_that_are_no_maps_are_refused(kind: Any) -> None:
    foreign: Doc[Any] = Doc()
    root = foreign.get("notes", type=kind)
    root.append("text") if kind is Array else root.children.append("text")

    assert isinstance(LiveDocument(ROOTS).accept(foreign.get_update()), Refused)


@given(st.binary(max_size=100))
def test_any_bytes_are_an_outline_or_unacceptable(update: bytes) -> None:
    with suppress(Unacceptable):
        outline_of(update, ROOTS)


@pytest.mark.parametrize("seed", range(3))
def test_mutated_updates_never_raise(seed: int) -> None:
    rng = random.Random(seed)
    for update in honest_updates(seed) * 20:
        mutant = bytearray(update)
        for _ in range(rng.randrange(1, 4)):
            mutant[rng.randrange(len(mutant))] = rng.randrange(256)
        with suppress(Unacceptable):
            outline_of(bytes(mutant), ROOTS)


def test_changes_whose_base_is_missing_are_a_gap() -> None:
    updates = honest_updates(1, count=5)

    assert LiveDocument(ROOTS, [first_update()]).accept(updates[3]) == HasGap()


def test_building_on_the_missing_change_of_another_is_a_gap() -> None:
    ann, bob = Peer(client_id=5), Peer(client_id=6)
    ann.doc.apply_update(first_update())
    write_note("data", "Ann writes.")(ann.doc)
    bob.doc.apply_update(ann.doc.get_update())
    before = bob.doc.get_state()
    bob.doc.get("notes", type=Map)["data"].insert(4, "Bob between. ")

    live = LiveDocument(ROOTS, [first_update()])

    assert live.accept(bob.doc.get_update(before)) == HasGap()
    assert live.accept(bob.doc.get_update()) == Accepted()


def test_a_merge_with_one_missing_between_is_a_gap() -> None:
    first, _missing, third = (struct(b"\x00\x01", clock=clock) for clock in range(3))

    outline = outline_of(merge_updates(first, third), ROOTS)

    assert outline.has_hole
    assert LiveDocument(ROOTS).accept(merge_updates(first, third)) == HasGap()


def test_deleting_what_is_not_there_is_a_gap() -> None:
    assert LiveDocument(ROOTS).accept(b"\x00\x01\x05\x01\x00\x03") == HasGap()


def test_what_is_known_is_no_news() -> None:
    peer = Peer()
    peer.doc.apply_update(first_update())
    live = LiveDocument(ROOTS, [first_update()])
    before = peer.doc.get_state()
    write_note("data", "some text")(peer.doc)
    del peer.doc.get("notes", type=Map)["data"][0:4]
    update = peer.doc.get_update(before)

    assert live.accept(update) == Accepted(is_news=True)
    assert live.accept(update) == Accepted(is_news=False)
    assert live.accept(peer.doc.get_update()) == Accepted(is_news=False)


def test_a_vector_with_bytes_too_many_is_none() -> None:
    with pytest.raises(Unacceptable):
        vector_of(b"\x00\x00")
    with pytest.raises(Unacceptable):
        LiveDocument(ROOTS).since(b"\x05")


def test_text_counts_in_utf_16() -> None:
    doc: Doc[Any] = Doc(client_id=5)
    doc.get("notes", type=Map)["a"] = Text("a🙂é")

    assert outline_of(doc.get_update(), ROOTS).added == (Run(5, 0, 5),)
