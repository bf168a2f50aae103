"""The order of a text's pieces is that of the libraries, whoever wrote when."""

import random
import time
from typing import Any

import pytest
from pycrdt import Doc, Map, Text

from apps.rooms.documents import SCHEMAS, DocumentName
from apps.rooms.room.ledger import Accepted, Ledger, Refusal, Refused
from apps.rooms.room.updates import Id, vector_of
from tests.rooms.peer import first_update
from tests.rooms.room.generator import text, update

BOARD = SCHEMAS[DocumentName.BOARD]
NOTE: Id = (1, 0)  # the text that first_update() makes


class Writer:
    """Writes letters anywhere, and remembers which clock each has."""

    def __init__(self, client: int) -> None:
        self.client = client
        self.letters: dict[Id, str] = {}
        self.doc: Doc[Any] = Doc(client_id=client)
        self.doc.apply_update(first_update())
        self.note: Text = self.doc.get("notes", type=Map)["data"]

    def write(self, rng: random.Random) -> bytes:
        before = self.doc.get_state()
        clock = vector_of(before).get(self.client, 0)
        word = rng.choice("abcdef") * rng.randrange(1, 4)
        self.letters |= {(self.client, clock + at): letter for at, letter in enumerate(word)}
        self.note.insert(rng.randrange(len(self.note) + 1), word)
        return self.doc.get_update(before)


def ids_in_order(ledger: Ledger) -> list[Id]:
    """As the ledger keeps it for itself."""
    piece = ledger._clients[NOTE[0]].types[NOTE[1]].line.first
    ids = []
    while piece is not None:
        ids += [(piece.client, clock) for clock in range(piece.start, piece.end)]
        piece = piece.after
    return ids


def ledger_with(*updates: bytes) -> Ledger:
    ledger = Ledger(BOARD)
    ledger.add_base(first_update())
    for one in updates:
        assert isinstance(ledger.accept(one, None), Accepted)
    return ledger


@pytest.mark.parametrize("seed", range(30))
def test_letters_stand_where_the_library_has_them(seed: int) -> None:
    rng = random.Random(seed)
    writers = [Writer(client) for client in (9, 300, 2**31 + 7)]
    ledger = ledger_with()
    log: list[bytes] = []

    for _ in range(60):
        writer = rng.choice(writers)
        if rng.random() < 0.3:
            for one in log:
                writer.doc.apply_update(one)
        log.append(writer.write(rng))
        assert isinstance(ledger.accept(log[-1], None), Accepted)

    reader = Writer(client=2)
    for one in log:
        reader.doc.apply_update(one)
    letters = {at: letter for writer in writers for at, letter in writer.letters.items()}
    assert "".join(letters[at] for at in ids_in_order(ledger)) == str(reader.note)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param((5, 2), (5, 0), id="right before left"),
        pytest.param((5, 1), (5, 1), id="one struct on both sides"),
        pytest.param((5, 2), (6, 0), id="another's, written before it"),
    ],
)
def test_neighbours_in_the_wrong_order_are_refused(left: Id, right: Id) -> None:
    ledger = ledger_with(
        update([(5, 0, [text("abc", parent=NOTE)])]), update([(6, 0, [text("x", right=(5, 0))])])
    )
    before = ids_in_order(ledger)

    verdict = ledger.accept(update([(7, 0, [text("y", left=left, right=right)])]), None)

    assert verdict == Refused(Refusal.MALFORMED, "Neighbours in the wrong order.")
    assert ids_in_order(ledger) == before


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param((5, 0), (5, 2), id="what the right one's writer wrote before it"),
        pytest.param((5, 0), (7, 0), id="what the right one was written beside"),
        pytest.param((6, 0), (5, 2), id="what the left one was written beside"),
    ],
)
def test_neighbours_with_something_known_between_them_are_refused(left: Id, right: Id) -> None:
    """With another's letter at the same place, its order would depend on which of them came first.

    The text is a6b7c: digits are letters of that client.
    """
    ledger = ledger_with(
        update([(5, 0, [text("abc", parent=NOTE)])]),
        update([(6, 0, [text("6", left=(5, 0), right=(5, 1))])]),
        update([(7, 0, [text("7", left=(5, 1), right=(5, 2))])]),
    )

    verdict = ledger.accept(update([(8, 0, [text("x", left=left, right=right)])]), None)

    assert verdict == Refused(Refusal.MALFORMED, "Neighbours that were none.")


def test_neighbours_with_something_unheard_of_between_them_are_accepted() -> None:
    ledger = ledger_with(
        update([(5, 0, [text("ab", parent=NOTE)])]),
        update([(6, 0, [text("6", left=(5, 0), right=(5, 1))])]),
    )

    verdict = ledger.accept(update([(7, 0, [text("7", left=(5, 0), right=(5, 1))])]), None)

    assert isinstance(verdict, Accepted)
    assert ids_in_order(ledger) == [(5, 0), (6, 0), (7, 0), (5, 1)]


def test_what_a_refused_update_wrote_is_taken_out_again() -> None:
    ledger = ledger_with(update([(5, 0, [text("abc", parent=NOTE)])]))
    before = ids_in_order(ledger)
    good = [text("d", left=(5, 2)), text("e", left=(5, 0), right=(5, 1)), text("f", right=(5, 4))]
    bad = text("g", left=(5, 4), right=(5, 4))

    assert isinstance(ledger.accept(update([(5, 3, [*good, bad])]), None), Refused)
    assert ids_in_order(ledger) == before
    assert isinstance(ledger.accept(update([(5, 3, good)]), None), Accepted)
    assert ids_in_order(ledger) == [(5, 5), (5, 0), (5, 4), (5, 1), (5, 2), (5, 3)]


def test_a_knotted_text_costs_a_bounded_time() -> None:
    """Thousands at one place: each of the next would have to pass them all."""
    ledger = ledger_with(update([(5, 0, [text("bc", parent=NOTE)])]))
    knot = [(client, 0, [text("a", left=(5, 0), right=(5, 1))]) for client in range(100, 3100)]

    start = time.process_time()
    verdict = ledger.accept(update(knot), None)

    assert time.process_time() - start < 1
    assert verdict == Refused(Refusal.MALFORMED, "Too many changes at the same place.")
