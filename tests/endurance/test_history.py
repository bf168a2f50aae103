"""The checker finds each kind of broken promise, and no fault where there is none.

Histories are fabricated: seat 1 makes card "a" as version "v", and so on from there.
"""

from collections.abc import Mapping, Sequence

import pytest

from apps.core.json import Json
from tests.endurance.history import (
    Edit,
    Effect,
    History,
    Remains,
    Sight,
    faults_in,
    history_of,
    story_of,
)

CARD = "components/a"
X = "components/a#v/x"
TOKEN = "notes/data/«1.5»"

ADDED = Effect(CARD, "v", None)
DELETED = Effect(CARD, None, "v")
AGAIN = Effect(CARD, "w", "v")  # an undone deletion
MOVED = Effect(X, "x2", "x1", 2)
PLACED = Effect(X, "x1", None, 1)
TYPED = Effect(TOKEN, "t", None)


def acknowledged(*effects: Effect, seat: int = 1) -> Edit:
    return Edit(seat, 0, effects, is_acknowledged=True)


def unheard(*effects: Effect, seat: int = 1) -> Edit:
    return Edit(seat, 0, effects)


def seen(*effects: Effect, seat: int = 2) -> Sight:
    return Sight(seat, effects)


def faults(
    edits: Sequence[Edit] = (),
    sights: Sequence[Sight] = (),
    *,
    pieces: Mapping[str, str | tuple[str, Json]] | None = None,
    residue: str = "",
) -> list[str]:
    whole = {path: (v if isinstance(v, tuple) else (v, None)) for path, v in (pieces or {}).items()}
    return faults_in(History(edits, sights), Remains(whole, residue))


# What is right ---------------------------------------------------------------------------------


def test_an_acknowledged_card_that_is_there() -> None:
    assert faults([acknowledged(ADDED)], pieces={CARD: "v"}) == []


@pytest.mark.parametrize("pieces", [{}, {CARD: "v"}])
def test_an_unacknowledged_card_may_be_there_or_not(pieces: dict[str, str]) -> None:
    assert faults([unheard(ADDED)], pieces=pieces) == []


@pytest.mark.parametrize("pieces", [{}, {CARD: "v"}])
def test_an_unacknowledged_deletion_may_have_come_through_or_not(pieces: dict[str, str]) -> None:
    assert faults([acknowledged(ADDED), unheard(DELETED)], pieces=pieces) == []


def test_a_deletion_that_was_undone() -> None:
    edits = [acknowledged(ADDED), acknowledged(DELETED), acknowledged(AGAIN)]

    assert faults(edits, pieces={CARD: "w"}) == []


@pytest.mark.parametrize(("version", "value"), [("x2", 2), ("x3", 3)])
def test_of_two_moves_at_once_either_may_win(version: str, value: int) -> None:
    other = Effect(X, "x3", "x1", 3)
    edits = [acknowledged(ADDED, PLACED), acknowledged(MOVED), acknowledged(other, seat=2)]

    assert faults(edits, pieces={CARD: "v", X: (version, value)}) == []


def test_a_move_on_a_card_that_somebody_deletes_meanwhile() -> None:
    edits = [
        acknowledged(ADDED, PLACED),
        acknowledged(MOVED),
        unheard(DELETED, Effect(X, None, "x1")),
    ]

    assert faults(edits) == []


# What is wrong ---------------------------------------------------------------------------------


def test_an_acknowledged_card_that_is_lost() -> None:
    assert faults([acknowledged(ADDED)]) == [f"{CARD}: v was promised and is lost"]


def test_a_card_that_others_have_seen_and_that_is_lost() -> None:
    assert faults([unheard(ADDED)], [seen(ADDED)]) == [f"{CARD}: v was promised and is lost"]


def test_own_edits_seen_again_after_a_reload_promise_nothing() -> None:
    assert faults([unheard(ADDED)], [seen(ADDED, seat=1)]) == []


def test_own_deletion_seen_again_promises_nothing_though_somebody_else_made_it_too() -> None:
    edits = [acknowledged(ADDED), unheard(DELETED, seat=1), unheard(DELETED, seat=2)]

    assert faults(edits, [seen(DELETED, seat=1)], pieces={CARD: "v"}) == []
    assert faults(edits, [seen(DELETED, seat=3)], pieces={CARD: "v"}) != []


def test_an_acknowledged_token_that_is_lost() -> None:
    assert faults([acknowledged(TYPED)]) == [f"{TOKEN}: t was promised and is lost"]


def test_a_token_that_is_there_twice() -> None:
    again = f"{TOKEN}!2"

    found = faults([acknowledged(TYPED)], pieces={TOKEN: "t", again: "u"})

    assert found == [f"{again}: is there twice", f"{again}: u is there, but nobody made it"]


def test_a_card_that_nobody_made() -> None:
    assert faults(pieces={CARD: "v"}) == [f"{CARD}: v is there, but nobody made it"]


def test_another_value_than_was_made() -> None:
    found = faults([acknowledged(ADDED, PLACED)], pieces={CARD: "v", X: ("x1", 7)})

    assert found == [f"{X}: x1 was made as 1 and is 7 now"]


@pytest.mark.parametrize(
    "history",
    [
        ([acknowledged(ADDED), acknowledged(DELETED, seat=2)], []),
        ([acknowledged(ADDED), unheard(DELETED, seat=2)], [seen(DELETED, seat=3)]),
    ],
    ids=["acknowledged", "seen"],
)
def test_a_deleted_card_that_is_back(history: tuple[list[Edit], list[Sight]]) -> None:
    found = faults(*history, pieces={CARD: "v"})

    assert found == [f"{CARD}: v is there, although it was deleted and that was promised"]


def test_an_undone_deletion_that_is_lost() -> None:
    edits = [acknowledged(ADDED), acknowledged(DELETED), acknowledged(AGAIN)]

    assert faults(edits) == [f"{CARD}: v, w was promised and is lost"]


def test_a_value_that_is_old_again() -> None:
    edits = [acknowledged(ADDED, PLACED), acknowledged(MOVED)]

    found = faults(edits, pieces={CARD: "v", X: ("x1", 1)})

    assert found == [f"{X}: x1 is there, although x2 replaced it and that was promised"]


def test_a_value_that_is_older_than_the_one_before() -> None:
    edits = [
        unheard(ADDED, PLACED),
        unheard(MOVED),
        acknowledged(Effect(X, "x3", "x2", 3)),
    ]

    found = faults(edits, pieces={CARD: "v", X: ("x1", 1)})

    assert found == [f"{X}: x1 is there, although x3 replaced it and that was promised"]


def test_text_that_nobody_has_typed() -> None:
    assert faults(residue="«9") == ["the texts hold '«9', which nobody has typed"]


# The log of the seats ----------------------------------------------------------------------------


def test_a_history_is_read_from_the_log_of_the_seats() -> None:
    events = [
        {"kind": "made", "seat": 1, "number": 0, "effects": [[TOKEN, "t", None, None]]},
        {"kind": "sent", "seat": 1, "number": 0},
        {"kind": "made", "seat": 2, "number": 0, "effects": [[CARD, "v", None, None]]},
        {"kind": "acked", "seat": 1, "number": 0},
        {"kind": "seen", "seat": 2, "effects": [[TOKEN, "t", None, None]]},
    ]

    assert history_of(events) == History(
        [Edit(1, 0, (TYPED,), is_acknowledged=True), Edit(2, 0, (ADDED,))],
        [Sight(2, (TYPED,))],
    )


def test_the_story_of_a_path_is_what_the_seats_did_and_saw_there() -> None:
    events = [
        {"kind": "made", "seat": 1, "number": 0, "effects": [[CARD, "v", None, None]]},
        {"kind": "made", "seat": 1, "number": 1, "effects": [[TOKEN, "t", None, None]]},
        {"kind": "acked", "seat": 1, "number": 0},
        {"kind": "acked", "seat": 1, "number": 1},
        {"kind": "seen", "seat": 2, "effects": [[CARD, "v", None, None]]},
        {"kind": "reloaded", "seat": 2, "keepsEdits": False},
    ]

    assert story_of({CARD}, events) == [
        f"seat 1 made 0: {CARD} None -> v",
        "seat 1 acked 0",
        f"seat 2 seen : {CARD} None -> v",
        "seat 2 reloaded, without what it kept",
    ]


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "refused", "reason": "malformed"},
        {"kind": "expelled", "code": 1008},
        {"kind": "aside", "reason": "differs"},
    ],
    ids=["refused", "expelled", "put aside"],
)
def test_what_no_honest_seat_should_meet(event: dict[str, object]) -> None:
    history = history_of([{"seat": 1, **event}])

    assert faults_in(history, Remains()) == [f"an honest seat met { ({'seat': 1, **event}) }"]
