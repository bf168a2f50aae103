"""What a guest gets of the log: nothing that was deleted, and yet the same document at the end."""

import base64
import json
import random
import re
import shutil
import subprocess
from typing import Any

import pytest
from pycrdt import Doc, Map, Text

from apps.rooms.room.encoding import string, uint
from apps.rooms.room.redaction import Span, Unreadable, Visible, redact, visible_in
from tests.rooms.peer import first_update, replayed
from tests.rooms.product import ROOT

CANARY = "canary-5e1d"
WORD = re.compile(r"canary-5e1d-\d+;\S* ")
NODE_SCRIPT = ROOT / "frontend" / "tests-node" / "replay.mjs"


class Board:
    """Somebody's copy of a document, and the updates that it made."""

    def __init__(self, client_id: int, log: list[bytes]) -> None:
        self.doc: Doc[Any] = Doc(client_id=client_id)
        self.log = log
        self._seen = 0
        self.catch_up()

    def catch_up(self) -> None:
        for update in self.log[self._seen :]:
            self.doc.apply_update(update)
        self._seen = len(self.log)

    def edit(self, change: Any) -> None:
        before = self.doc.get_state()
        with self.doc.transaction():
            change(self)
        self.log.append(self.doc.get_update(before))

    @property
    def note(self) -> Text:
        note: Text = self.doc.get("notes", type=Map)["data"]
        return note

    @property
    def components(self) -> "Map[Any]":
        components: Map[Any] = self.doc.get("components", type=Map)
        return components


def put(component_id: str, **values: Any) -> Any:
    def change(board: Board) -> None:
        board.components[component_id] = Map({"x": 1.0, "y": 2.0, **values})

    return change


def redacted(log: list[bytes]) -> list[bytes]:
    visible = visible_in(replayed(log).get_update())
    return [redact(update, visible) for update in log]


def content(updates: list[bytes]) -> Any:
    doc = replayed(updates)
    notes = doc.get("notes", type=Map)
    components = doc.get("components", type=Map)
    return {
        "notes": {key: str(notes[key]) for key in sorted(notes.keys())},
        "components": {key: components[key].to_py() for key in sorted(components.keys())},
    }


def random_session(seed: int, changes: int = 120) -> list[bytes]:
    """Three people who write, overwrite and delete, and hear of one another now and then."""
    rng, log = random.Random(seed), [first_update()]
    people = [Board(client_id, log) for client_id in (5, 2**31, 77)]
    for number in range(changes):
        board = rng.choice(people)
        if rng.random() < 0.7:
            board.catch_up()
        board.edit(_random_change(rng, number))
    return log


def _random_change(rng: random.Random, number: int) -> Any:
    def change(board: Board) -> None:
        ids, choice, text = sorted(board.components.keys()), rng.random(), f"{CANARY}-{number}"
        if choice < 0.4:
            board.note.insert(rng.choice(_word_starts(str(board.note))), f"{text};fill🙂ing ")
        elif choice < 0.6:
            _delete_in(rng, board.note)
        elif choice < 0.8 or not ids:
            put(f"c{rng.randrange(6)}", name=text, tags=[text])(board)
        elif choice < 0.9:
            board.components[rng.choice(ids)]["name"] = text
        else:
            del board.components[rng.choice(ids)]

    return change


def _delete_in(rng: random.Random, note: Text) -> None:
    """A whole word, or some of what stands between its canary and the next word."""
    text = str(note)
    start, *rest = rng.choice([[w.start(), w.end()] for w in WORD.finditer(text)] or [[0]])
    if rest and rng.random() < 0.5:
        start = text.index(";", start) + rng.randrange(1, 4)
    if rest and start < rest[0]:
        del note[_bytes(text, start) : _bytes(text, rest[0])]


def _word_starts(text: str) -> list[int]:
    return [0, *(_bytes(text, word.end()) for word in WORD.finditer(text))]


def _bytes(text: str, index: int) -> int:
    """The index as pycrdt counts: in bytes."""
    return len(text[:index].encode())


def texts_in(rows: list[bytes]) -> set[bytes]:
    """The numbered canaries that occur."""
    return set(re.findall(CANARY.encode() + rb"-\d+", b"|".join(rows)))


@pytest.mark.parametrize("seed", range(12))
def test_redacted_rows_make_the_same_document(seed: int) -> None:
    log = random_session(seed)

    assert content(redacted(log)) == content(log)


@pytest.mark.parametrize("seed", range(12))
def test_no_deleted_text_is_left(seed: int) -> None:
    log = random_session(seed)
    still_there = texts_in([json.dumps(content(log)).encode()])

    shown = redacted(log)

    assert texts_in(log) - still_there, "the session deletes nothing"
    assert texts_in(shown) == still_there


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_yjs_makes_the_same_document_of_redacted_rows() -> None:
    logs = [random_session(seed) for seed in range(100, 108)]
    feed = [redacted(log) for log in logs] + logs

    done = subprocess.run(
        ["node", str(NODE_SCRIPT)],
        input=json.dumps([[base64.b64encode(row).decode() for row in log] for log in feed]),
        capture_output=True,
        text=True,
        check=True,
    )

    made = json.loads(done.stdout)
    assert made[: len(logs)] == made[len(logs) :]
    assert made[: len(logs)] == [content(log) for log in logs]


def test_a_partly_deleted_text_keeps_the_rest() -> None:
    log = [first_update()]
    board = Board(5, log)
    board.edit(lambda board: board.note.insert(0, "keep SECRET keep"))
    board.edit(lambda board: board.note.__delitem__(slice(5, 12)))

    shown = redacted(log)

    assert b"SECRET" not in b"".join(shown)
    assert str(replayed(shown[:2]).get("notes", type=Map)["data"]) == "keep keep"
    assert content(shown) == content(log)


def test_what_moved_and_is_gone_still_moves() -> None:
    log = [first_update()]
    board = Board(5, log)
    board.edit(put("a", name="SECRET", tags=["SECRET"], points=[[1.0, 2.0]]))
    board.edit(lambda board: board.components["a"].update({"x": 40.0}))
    board.edit(lambda board: board.components.pop("a"))

    shown = redacted(log)

    assert content(shown[:3])["components"] == {"a": {"x": 40.0, "y": 2.0}}
    assert content(shown)["components"] == {}


def test_what_nothing_was_deleted_from_stays_byte_for_byte() -> None:
    log = [first_update()]
    board = Board(5, log)
    board.edit(put("a", name="Ranker", pinned=False))
    board.edit(lambda board: board.note.insert(0, "Text 🙂"))

    assert redacted(log) == log


def test_what_came_after_the_judged_state_is_not_shown() -> None:
    log = [first_update()]
    board = Board(5, log)
    board.edit(lambda board: board.note.insert(0, "before"))
    visible = visible_in(replayed(log).get_update())
    board.edit(lambda board: board.note.insert(6, " after"))

    assert redact(log[1], visible) == log[1]
    assert b"after" not in redact(log[2], visible)


def test_spans_part_at_every_bound() -> None:
    visible = Visible()
    visible.add_client(5, 20, [(12, 15), (3, 5), (5, 6)])

    assert visible.spans(5, 0, 25) == [
        Span(0, 3, True),
        Span(3, 6, False),
        Span(6, 12, True),
        Span(12, 15, False),
        Span(15, 20, True),
        Span(20, 25, False),
    ]
    assert visible.spans(5, 3, 4) == [Span(3, 4, False)]
    assert visible.spans(6, 0, 4) == [Span(0, 4, False)]


def test_half_of_a_pair_becomes_the_replacement_character() -> None:
    """As Yjs has it when a pair is split."""
    insert = b"\x04\x01" + string("t") + string("a🙂b")
    update = uint(1) + uint(1) + uint(5) + uint(0) + insert + uint(0)
    visible = Visible()
    visible.add_client(5, 4, [(2, 4)])

    expected = b"\x04\x01" + string("t") + string("a\ufffd") + b"\x81\x05\x01\x02"
    assert redact(update, visible) == uint(1) + uint(2) + uint(5) + uint(0) + expected + uint(0)


@pytest.mark.parametrize("seed", range(3))
def test_mutated_updates_are_redacted_or_unreadable(seed: int) -> None:
    rng, log = random.Random(seed), random_session(seed, 40)
    visible = visible_in(replayed(log).get_update())
    for update in log * 20:
        mutant = bytearray(update)
        for _ in range(rng.randrange(1, 4)):
            mutant[rng.randrange(len(mutant))] = rng.randrange(256)
        try:
            redact(bytes(mutant), visible)
        except Unreadable:
            continue
