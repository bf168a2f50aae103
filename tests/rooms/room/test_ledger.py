"""The rules of a ledger, one by one: what fits, what is new, whose it is, what is refused."""

from uuid import UUID, uuid4

import pytest

from apps.rooms.documents import SCHEMAS, DocumentName
from apps.rooms.room.encoding import uint
from apps.rooms.room.ledger import (
    Accepted,
    Change,
    HasGap,
    Ledger,
    Refusal,
    Refused,
    Run,
    Unacceptable,
    Verdict,
)
from apps.rooms.room.updates import MAP, TEXT, Id, vector_of
from tests.rooms.room.generator import (
    collected,
    deleted,
    hole,
    shared_type,
    text,
    update,
    values,
)

BOARD = SCHEMAS[DocumentName.BOARD]
ANN, BOB = UUID(int=1), UUID(int=2)
NULL, ONE, TWO = b"\x7e", b"\x7d\x01", b"\x7d\x02"

NOTE: Id = (1, 0)
COMPONENT: Id = (1, 1)
NAME: Id = (1, 2)
LETTERS = 3  # clock of the first letter of the note, "ab🙂d"

BOARD_WITH_A_NOTE_AND_A_COMPONENT = update(
    [
        (
            1,
            0,
            [
                shared_type(TEXT, parent="notes", key="data"),
                shared_type(MAP, parent="components", key="c"),
                values(ONE, parent=COMPONENT, key="name"),
                text("ab🙂d", parent=NOTE),
            ],
        )
    ]
)


@pytest.fixture
def ledger() -> Ledger:
    """A note and a component, both made by the server."""
    one = Ledger(BOARD)
    one.add_base(BOARD_WITH_A_NOTE_AND_A_COMPONENT)
    return one


def accepted(verdict: Verdict) -> Change:
    assert isinstance(verdict, Accepted), verdict
    assert verdict.change
    return verdict.change


def refusal(verdict: Verdict) -> Refusal:
    assert isinstance(verdict, Refused), verdict
    return verdict.reason


def by(client: int, *structs: bytes, clock: int = 0) -> bytes:
    return update([(client, clock, structs)])


# What is new -----------------------------------------------------------------------------------


def test_a_change_says_what_is_new(ledger: Ledger) -> None:
    letter = text("x", left=(1, LETTERS), right=(1, LETTERS + 1))
    data = update([(5, 0, [letter])], [(1, [(2, 2)])])

    change = accepted(ledger.accept(data, ANN))

    assert change.update is data
    assert change.sections == ((5, 0, 1, 1, letter),)
    assert change.deleted == (Run(1, 2, 4),)
    assert change.new_clients == (5,)
    assert ledger.vector == {1: 8, 5: 1} == vector_of(ledger.state_vector)


def test_what_was_sent_before_is_left_out_of_the_change(ledger: Ledger) -> None:
    first, second = text("x", left=(1, 7)), text("yz", left=(5, 0))
    ledger.accept(update([(5, 0, [first])], [(1, [(3, 1)])]), ANN)

    both = update([(5, 0, [first, second])], [(1, [(3, 2)])])
    change = accepted(ledger.accept(both, ANN))

    assert change.update == update([(5, 1, [second])], [(1, [(4, 1)])])
    assert change.new_clients == ()


def test_a_step_2_with_nothing_new_is_accepted_as_nothing(ledger: Ledger) -> None:
    data = update([(5, 0, [text("x", left=(1, 7))])], [(1, [(3, 1)])])
    ledger.accept(data, ANN)

    assert ledger.accept(data, ANN) == Accepted(None)
    assert ledger.accept(update((), [(1, [(3, 1)])]), BOB) == Accepted(None)
    assert ledger.accept(update(), BOB) == Accepted(None)
    assert ledger.is_known(data)


def test_what_was_inside_something_deleted_is_known_to_be_deleted(ledger: Ledger) -> None:
    ledger.accept(update((), [(1, [(1, 1)])]), ANN)

    assert ledger.accept(update((), [(1, [(1, 2)])]), BOB) == Accepted(None)


def test_deletions_out_of_order_are_written_anew(ledger: Ledger) -> None:
    change = accepted(ledger.accept(update((), [(1, [(7, 1)]), (1, [(3, 1)])]), ANN))

    assert change.update == update((), [(1, [(3, 1), (7, 1)])])


def test_structs_of_several_clients_may_build_on_one_another(ledger: Ledger) -> None:
    """As in the update of somebody who was offline with two tabs."""
    nine = [text("x", left=(1, 7)), text("y", left=(5, 1))]
    five = [text("z", left=(9, 0)), text("w", left=(5, 0)), text("v", left=(9, 1))]

    change = accepted(ledger.accept(update([(9, 0, nine), (5, 0, five)]), ANN))

    assert [section[:3] for section in change.sections] == [(9, 0, 2), (5, 0, 3)]


# What is missing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(by(5, text("x", parent=NOTE), clock=1), id="clocks before it"),
        pytest.param(by(5, text("x", left=(1, 8))), id="a left neighbour"),
        pytest.param(by(5, text("x", right=(9, 0))), id="a right neighbour of somebody new"),
        pytest.param(by(5, values(NULL, parent=(1, 8), key="k")), id="a parent"),
        pytest.param(update((), [(1, [(7, 2)])]), id="what it deletes"),
        pytest.param(update((), [(9, [(0, 1)])]), id="whom it deletes"),
        pytest.param(by(5, collected(1), hole(2), collected(1)), id="a part left out of a merge"),
        pytest.param(by(1, text("ab🙂dx", parent=NOTE), clock=3), id="starts within a struct"),
    ],
)
def test_a_change_that_lacks_something_has_a_gap(ledger: Ledger, data: bytes) -> None:
    assert ledger.accept(data, None) == HasGap()
    assert ledger.vector == {1: 8}
    with pytest.raises(Unacceptable):
        ledger.add_stored(data, None)


def test_a_hole_over_what_is_known_is_none(ledger: Ledger) -> None:
    for clock in range(4):
        ledger.accept(by(5, collected(1), clock=clock), ANN)

    change = accepted(ledger.accept(by(5, collected(1), hole(3), collected(1)), ANN))

    assert change.update == by(5, collected(1), clock=4)


# Whose it is -----------------------------------------------------------------------------------


def test_a_client_id_belongs_to_whoever_used_it_first(ledger: Ledger) -> None:
    first, second = by(5, collected(1)), by(5, collected(1), clock=1)

    assert accepted(ledger.accept(first, ANN)).new_clients == (5,)
    assert refusal(ledger.accept(second, BOB)) == Refusal.NOT_YOURS
    assert refusal(ledger.accept(second, None)) == Refusal.NOT_YOURS
    assert accepted(ledger.accept(second, ANN)).new_clients == ()
    assert ledger.owners == {1: None, 5: ANN}


def test_what_is_repeated_of_others_is_not_forged(ledger: Ledger) -> None:
    ledger.accept(by(5, collected(1)), ANN)
    both = update([(6, 0, [collected(1)]), (5, 0, [collected(1)])])

    assert accepted(ledger.accept(both, BOB)).update == by(6, collected(1))


def test_a_forged_id_is_refused_even_beyond_a_gap(ledger: Ledger) -> None:
    ledger.accept(by(5, collected(1)), ANN)

    assert refusal(ledger.accept(by(5, text("x", left=(9, 9)), clock=1), BOB)) == Refusal.NOT_YOURS


def test_anybody_may_delete_what_others_wrote(ledger: Ledger) -> None:
    assert accepted(ledger.accept(update((), [(1, [(3, 1)])]), BOB)).deleted == (Run(1, 3, 4),)


def test_stored_rows_are_not_asked_whose_they_are(ledger: Ledger) -> None:
    ledger.add_stored(by(5, collected(1)), ANN)
    ledger.add_stored(by(5, collected(1), clock=1), BOB)

    assert ledger.owners[5] == ANN


def test_known_owners_are_kept_over_a_restart() -> None:
    ledger = Ledger(BOARD, {5: ANN})
    ledger.add_base(by(5, collected(1)))

    assert refusal(ledger.accept(by(5, collected(1), clock=1), BOB)) == Refusal.NOT_YOURS


def test_a_base_comes_first(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="comes first"):
        ledger.add_base(update())


# What may be where -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "struct",
    [
        pytest.param(values(ONE, parent="meta", key="title"), id="a value in a root of values"),
        pytest.param(shared_type(MAP, parent="strokes", key="s"), id="a map in a root of maps"),
        pytest.param(shared_type(TEXT, parent="notes", key="s"), id="a text in a root of texts"),
        pytest.param(shared_type(MAP, left=COMPONENT), id="a map instead of a map"),
        pytest.param(values(ONE, parent=COMPONENT, key="x"), id="a value in a map"),
        pytest.param(values(ONE, left=NAME), id="a value instead of a value"),
        pytest.param(text("x", parent=NOTE), id="letters in a text"),
        pytest.param(text("x", right=(1, LETTERS)), id="letters before letters"),
        pytest.param(deleted(2, parent="meta", key="k"), id="something deleted in a root"),
        pytest.param(deleted(2, parent=COMPONENT, key="k"), id="something deleted in a map"),
        pytest.param(deleted(2, left=(1, 3), right=(1, 4)), id="something deleted in a text"),
        pytest.param(collected(3), id="what nobody knows any more"),
    ],
)
def test_what_the_documents_hold_is_accepted(ledger: Ledger, struct: bytes) -> None:
    assert accepted(ledger.accept(by(5, struct), ANN)).update == by(5, struct)


@pytest.mark.parametrize(
    "struct",
    [
        pytest.param(values(ONE, parent="elsewhere", key="k"), id="an unknown root"),
        pytest.param(values(ONE, parent="meta"), id="a list in a root"),
        pytest.param(deleted(1, parent="meta"), id="something deleted, without key"),
        pytest.param(text("x", parent="meta", key="k"), id="letters as a value"),
        pytest.param(shared_type(MAP, parent="meta", key="k"), id="a map among values"),
        pytest.param(values(ONE, parent="components", key="k"), id="a value among maps"),
        pytest.param(shared_type(TEXT, parent="components", key="k"), id="a text among maps"),
        pytest.param(shared_type(MAP, parent="notes", key="k"), id="a map among texts"),
        pytest.param(shared_type(0, parent="components", key="k"), id="an array"),
        pytest.param(shared_type(MAP, parent=COMPONENT, key="k"), id="a map in a map"),
        pytest.param(shared_type(TEXT, left=NAME), id="a text in a map"),
        pytest.param(values(ONE, parent=COMPONENT), id="a list in a map"),
        pytest.param(values(ONE, parent=NOTE, key="k"), id="an attribute of a text"),
        pytest.param(text("x", parent=NOTE, key="k"), id="letters under a key of a text"),
        pytest.param(values(ONE, left=(1, LETTERS)), id="a value among letters"),
        pytest.param(text("x", left=NAME), id="letters after a value"),
    ],
)
def test_what_they_do_not_hold_is_refused(ledger: Ledger, struct: bytes) -> None:
    good = text("x", parent=NOTE)

    assert refusal(ledger.accept(by(5, good, struct), ANN)) == Refusal.UNKNOWN_CONTENT
    assert ledger.vector == {1: 8}
    assert accepted(ledger.accept(by(5, good), ANN)).new_clients == (5,)


@pytest.mark.parametrize(
    "struct",
    [
        pytest.param(values(ONE, parent=NAME, key="k"), id="a value for a parent"),
        pytest.param(text("x", parent=(1, LETTERS)), id="a letter for a parent"),
        pytest.param(values(ONE, left=NAME, right=COMPONENT), id="a right neighbour under a key"),
        pytest.param(values(ONE, right=NAME), id="only a right neighbour under a key"),
        pytest.param(text("x", left=(1, 3), right=(2, 1)), id="neighbours in two texts"),
        pytest.param(text("x", left=(1, 3), right=(3, 0)), id="a neighbour that was collected"),
        pytest.param(text("x", left=(1, 5)), id="between the halves of a character"),
        pytest.param(text("x", right=(1, 6)), id="before the second half"),
        pytest.param(text("x", left=(5, 0)), id="a struct that builds on itself"),
        pytest.param(text("x", left=(5, 1)), id="a struct that builds on a later one"),
    ],
)
def test_what_the_libraries_would_trip_over_is_refused(ledger: Ledger, struct: bytes) -> None:
    other_note = [shared_type(TEXT, parent="notes", key="other"), text("z", parent=(2, 0))]
    ledger.accept(update([(2, 0, other_note), (3, 0, [collected(1)])]), BOB)

    assert refusal(ledger.accept(by(5, struct), ANN)) == Refusal.MALFORMED
    assert 5 not in ledger.vector


def test_structs_that_wait_for_one_another_are_refused(ledger: Ledger) -> None:
    knot = update([(9, 0, [text("x", left=(5, 0))]), (5, 0, [text("y", left=(9, 0))])])

    assert refusal(ledger.accept(knot, ANN)) == Refusal.MALFORMED
    assert ledger.vector == {1: 8}


@pytest.mark.parametrize(("start", "length"), [(5, 1), (6, 1), (3, 3), (6, 2)])
def test_a_deletion_never_splits_a_character(ledger: Ledger, start: int, length: int) -> None:
    assert refusal(ledger.accept(update((), [(1, [(start, length)])]), ANN)) == Refusal.MALFORMED
    assert isinstance(ledger.accept(update((), [(1, [(4, 3)])]), ANN), Accepted)


def test_values_are_joined_into_one_struct_only_when_all_are_deleted(ledger: Ledger) -> None:
    """A browser that keeps what it deleted, for undo, writes such structs."""
    joined = values(ONE, TWO, parent=COMPONENT, key="x")

    assert refusal(ledger.accept(by(5, joined), ANN)) == Refusal.MALFORMED
    assert isinstance(ledger.accept(update([(5, 0, [joined])], [(5, [(0, 2)])]), ANN), Accepted)


def test_what_is_written_into_something_deleted_is_accepted(ledger: Ledger) -> None:
    ledger.accept(update((), [(1, [(0, 2)])]), BOB)

    written = [values(ONE, parent=COMPONENT, key="x"), text("x", left=(1, 3), right=(1, 4))]

    assert isinstance(ledger.accept(by(5, *written), ANN), Accepted)


@pytest.mark.parametrize(
    "struct",
    [
        text("x", parent=(1, 1)),
        values(ONE, parent=(1, 1), key="k"),
        text("x", left=(1, 0), right=(1, 1)),
        values(ONE, parent=(1, 2), key="k"),
        values(ONE, left=(1, 0)),
        deleted(2, left=(1, 0)),
    ],
)
def test_what_belongs_to_something_collected_is_accepted(struct: bytes) -> None:
    """Both libraries collect it too."""
    ledger = Ledger(BOARD)
    ledger.add_base(by(1, collected(2), deleted(1, parent="strokes", key="k")))

    assert isinstance(ledger.accept(by(5, struct), ANN), Accepted)
    assert refusal(ledger.accept(by(6, shared_type(MAP, left=(1, 0))), BOB)) == (
        Refusal.UNKNOWN_CONTENT
    )


# Who has nothing new ---------------------------------------------------------------------------


def test_news_of_an_observer_are_told_from_none(ledger: Ledger) -> None:
    assert ledger.is_known(BOARD_WITH_A_NOTE_AND_A_COMPONENT)
    assert not ledger.is_known(by(5, text("x", parent=NOTE)))
    assert not ledger.is_known(update((), [(1, [(1, 1)])]))
    assert not ledger.is_known(update((), [(1, [(2, 1)])]))
    assert not ledger.is_known(update((), [(9, [(0, 1)])]))
    assert not ledger.is_known(b"no update")


def test_what_a_conflict_deleted_is_no_news(ledger: Ledger) -> None:
    """Two names at the same time: the documents keep one, and list the other as deleted."""
    ledger.accept(update([(5, 0, [values(ONE, left=NAME)])], [(1, [(2, 1)])]), ANN)
    ledger.accept(update([(6, 0, [values(TWO, left=NAME)])], [(1, [(2, 1)])]), BOB)

    assert ledger.is_known(update((), [(5, [(0, 1)])]))
    assert ledger.is_known(update((), [(6, [(0, 1)])]))


def test_what_a_conflict_of_two_maps_deleted_is_no_news(ledger: Ledger) -> None:
    for client, author in ((5, ANN), (6, BOB)):
        made = shared_type(MAP, parent="strokes", key="s")
        inside = values(ONE, parent=(client, 0), key="width")
        ledger.accept(by(client, made, inside), author)

    assert ledger.is_known(update((), [(5, [(0, 2)])]))
    assert not ledger.is_known(update((), [(1, [(1, 1)])]))


# Never on the way ------------------------------------------------------------------------------


def test_a_refused_update_leaves_no_trace(ledger: Ledger) -> None:
    parts = [
        shared_type(MAP, parent="strokes", key="s"),
        values(ONE, parent=(5, 0), key="width"),
        deleted(2, parent="meta", key="k"),
        text("🙂", parent=NOTE),
    ]
    refused = by(5, *parts, text("x", parent=(5, 1)))

    assert refusal(ledger.accept(refused, BOB)) == Refusal.MALFORMED
    assert ledger.owners == {1: None}
    assert ledger.state_vector == uint(1) + uint(1) + uint(8)
    assert accepted(ledger.accept(by(5, *parts), ANN)).update == by(5, *parts)
    assert not ledger.is_known(update((), [(5, [(0, 1)])]))


def test_authors_are_compared_by_value(ledger: Ledger) -> None:
    who = uuid4()
    ledger.accept(by(5, collected(1)), who)

    assert isinstance(ledger.accept(by(5, collected(1), clock=1), UUID(str(who))), Accepted)
