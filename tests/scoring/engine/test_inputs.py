"""The interface of steps: any order, any process, and a hash that says what a step depends on."""

import json
from typing import Any

import pytest

from apps.designs.document.types import DesignDocument
from apps.scoring.domain.engines import engine, given_for
from apps.scoring.engine.interface import Scoring, StepScored
from tests.scoring.documents import STEPS, all_of, make_board, make_document, score

BOARD = make_board(
    {"l": "event-logger", "t": "trainer", "p": "prediction-service"}, "l>t training; t>p training"
)


def hashes(document: DesignDocument) -> dict[str, str]:
    scoring = score(document)
    return {step: scoring.input_hash(step) for step in STEPS}


def changed(first: DesignDocument, second: DesignDocument) -> set[str]:
    before, after = hashes(first), hashes(second)
    return {step for step in STEPS if before[step] != after[step]}


def scored_backwards(scoring: Scoring) -> dict[str, StepScored]:
    """As another process hands them over."""
    steps: Any = {step: scoring.score_step(step) for step in reversed(scoring.step_ids)}
    handed_over: dict[str, StepScored] = json.loads(json.dumps(steps))
    return handed_over


def test_steps_of_another_process_combine_to_the_same_bytes() -> None:
    document = make_document(all_of("strong"), BOARD)

    combined = score(document).combine(scored_backwards(score(document)))

    assert json.dumps(combined) == json.dumps(score(document).reply())


def test_steps_come_in_the_order_of_the_flow_with_what_the_reply_has() -> None:
    scoring = score(make_document(all_of("strong"), BOARD))

    steps = list(scoring.steps())

    assert tuple(step for step, _ in steps) == scoring.step_ids == STEPS
    assert dict(steps) == scoring.reply()["steps"]


def test_combine_says_which_steps_are_missing() -> None:
    scoring = score(make_document())
    steps = {step: scoring.score_step(step) for step in STEPS if step not in ("data", "model")}

    with pytest.raises(ValueError, match=r"not been scored: data, model$"):
        scoring.combine(steps)


def test_hash_of_the_same_document_is_the_same() -> None:
    document = make_document(all_of("strong"), BOARD)

    assert hashes(document) == hashes(make_document(all_of("strong"), BOARD))
    assert len(set(hashes(document).values())) == len(STEPS)


def test_changed_sentence_changes_the_hash_of_its_step_only() -> None:
    notes = all_of("strong")
    edited = {**notes, "metrics": notes["metrics"] + "\n- Viewers finish more films each week."}

    assert changed(make_document(notes), make_document(edited)) == {"metrics"}


def test_changed_status_changes_the_hash_of_its_step_only() -> None:
    notes = all_of("strong")

    dived = make_document(notes, statuses={"data": "deep_dive"})

    assert changed(make_document(notes), dived) == {"data"}


def test_part_of_the_board_changes_the_hash_of_the_steps_that_read_it_only() -> None:
    notes = all_of("strong")

    drawn = changed(make_document(notes), make_document(notes, BOARD))

    assert {"architecture", "prediction-service"} <= drawn
    assert "problem-formulation" not in drawn


def test_moving_a_part_changes_no_hash() -> None:
    moved = {**BOARD, "components": [{**one, "x": 300} for one in BOARD["components"]]}

    assert changed(make_document(board=BOARD), make_document(board=moved)) == set()


def test_sentence_said_in_an_earlier_step_too_changes_the_hash_of_the_later_one() -> None:
    notes = all_of("strong")
    sentence = notes["model"].splitlines()[0]
    edited = {**notes, "metrics": f"{notes['metrics']}\n{sentence}"}

    assert changed(make_document(notes), make_document(edited)) == {"metrics", "model"}


def test_equal_hashes_give_equal_results() -> None:
    """Every step with the texts of the others taken away, one at a time."""
    notes = all_of("strong")
    whole = score(make_document(notes, BOARD))
    for gone in STEPS:
        less = score(make_document({**notes, gone: ""}, BOARD))
        for step in STEPS:
            if less.input_hash(step) == whole.input_hash(step):
                assert json.dumps(less.score_step(step)) == json.dumps(whole.score_step(step))


class Model:
    model = "0f" * 32

    def of(self, texts: Any) -> list[list[float]]:
        return [[1.0] + [0.0] * 383 for _ in texts]


def test_vectors_are_a_channel_and_part_of_the_hash() -> None:
    lexical = score(make_document(all_of("strong")))

    semantic = engine().start(lexical.document, *given_for(lexical.document), vectors=Model())

    assert (lexical.channels, semantic.channels) == (("lexical",), ("lexical", "semantic"))
    assert lexical.input_hash("data") != semantic.input_hash("data")
