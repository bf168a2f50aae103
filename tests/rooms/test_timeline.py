"""What a room keeps of its log, and what it sends of it."""

from typing import Any

import pytest
from pycrdt import Doc, Map

from apps.rooms.room import timeline as timelines
from apps.rooms.room.ledger import Ledger
from apps.rooms.room.timeline import Timeline
from tests.rooms.peer import Change, Peer, components_of, put_component
from tests.rooms.table import BOARD

ROWS = 10


def rows() -> list[bytes]:
    """Each adds a component; the names say in which row."""
    peer = Peer(client_id=1)
    updates = []
    for number in range(1, ROWS + 1):
        before = peer.doc.get_state()
        peer.edit(put_component(f"c{number}"))
        updates.append(peer.doc.get_update(before))
    return updates


def remove_component(component_id: str) -> Change:
    def change(doc: "Doc[Any]") -> None:
        del doc.get("components", type=Map)[component_id]

    return change


def names(*updates: bytes) -> set[str]:
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(update)
    return set(components_of(doc))


def up_to(number: int) -> set[str]:
    return {f"c{each}" for each in range(1, number + 1)}


@pytest.fixture
def timeline() -> Timeline:
    ledger, timeline = Ledger(BOARD), Timeline()
    timeline.append([ledger.add_stored(row, None) for row in rows()])
    return timeline


def test_the_whole_and_its_parts(timeline: Timeline) -> None:
    later = timeline.after(6)

    assert timeline.seq == ROWS
    assert names(timeline.whole()) == up_to(ROWS)
    assert later is not None
    assert names(*rows()[:6], later) == up_to(ROWS)
    assert timeline.after(ROWS) == b"\x00\x00"
    assert timeline.after(ROWS + 1) is None
    assert names(*(timeline.payloads(4) or [])) == up_to(4)


def test_a_snapshot_takes_the_place_of_rows(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timelines, "KEPT_ROWS", 2)
    doc: Doc[Any] = Doc()
    for row in rows()[:7]:
        doc.apply_update(row)

    timeline.rebase(Ledger(BOARD).add_base(doc.get_update()), 7)

    assert (timeline.seq, timeline.base_seq, timeline.rows_since_base) == (ROWS, 7, 3)
    assert names(timeline.whole()) == up_to(ROWS)
    assert timeline.after(4) is None
    later = timeline.after(5)  # kept, for those who come back
    assert later is not None
    assert names(*rows()[:5], later) == up_to(ROWS)
    assert timeline.payloads(6) is None
    assert names(*(timeline.payloads(8) or [])) == up_to(8)


def test_the_whole_tells_an_old_copy_what_a_snapshot_holds_as_gone() -> None:
    peer, old_copy = Peer(client_id=1), Peer(client_id=2)
    peer.edit(put_component("a"))
    peer.edit(put_component("b"))
    old_copy.doc.apply_update(peer.doc.get_update())
    peer.edit(remove_component("a"))
    snapshot = peer.doc.get_update()  # holds what was deleted as gone
    timeline = Timeline(Ledger(BOARD).add_base(snapshot), base_seq=3)

    old_copy.doc.apply_update(timeline.whole())

    assert names(snapshot) == {"b"}
    assert set(components_of(old_copy.doc)) == {"b"}
