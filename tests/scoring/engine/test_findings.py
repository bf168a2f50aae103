"""Rules that ask for more than one reason: the reasons their example boards do not show."""

from typing import Any

import pytest

from tests.scoring.documents import make_board, make_document, score


def rules_about(board: dict[str, Any], notes: dict[str, str] | None = None) -> set[str]:
    scoring = score(make_document(notes, board))
    return {finding.rule for finding in scoring.ask()}


@pytest.mark.parametrize(
    ("said", "asks"), [("", True), ("Calls the engineer on duty", False), ("Pager", False)]
)
def test_an_alarm_that_leads_nowhere_names_who_is_called(said: str, asks: bool) -> None:
    board = make_board({"m": "metrics-pipeline", "a": "alerting"}, "m>a event")
    board["components"][1]["notes"] = said

    assert ("G10" in rules_about(board)) is asks


@pytest.mark.parametrize(("arrows", "asks"), [("l>b data", True), ("l>b data; b>s data", False)])
def test_batch_answers_are_kept_somewhere(arrows: str, asks: bool) -> None:
    types = {"l": "data-lake", "b": "batch-predictor", "s": "nosql-db"}

    assert ("G18" in rules_about(make_board(types, arrows))) is asks


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("cross-encoder, 30 ms", True),
        ("cross-encoder, 120 ms", False),
        ("trees, 30 ms", False),
        ("distilled cross-encoder, 30 ms", False),
    ],
)
def test_a_large_model_in_a_small_budget(said: str, asks: bool) -> None:
    board = make_board({"a": "app-server", "r": "ranker"}, "a>r")
    board["components"][1]["notes"] = said

    assert ("G23" in rules_about(board)) is asks


@pytest.mark.parametrize(
    ("arrows", "asks"),
    [
        ("g>e training", True),
        ("e>l event", True),
        ("g>e training; e>l event", False),
        ("g>e training; e>d request; d>l event", False),
    ],
)
def test_a_device_gets_a_model_and_tells_of_it(arrows: str, asks: bool) -> None:
    types = {"g": "model-registry", "e": "edge-runtime", "l": "event-logger", "d": "detector"}

    assert ("G32" in rules_about(make_board(types, arrows))) is asks


@pytest.mark.parametrize(
    ("notes", "asks"), [({}, True), ({"data": "What was skipped counts as a no."}, False)]
)
def test_notes_can_answer_for_the_board(notes: dict[str, str], asks: bool) -> None:
    board = make_board(
        {"e": "event-logger", "l": "label-generator", "t": "trainer", "r": "ranker"},
        "e>l data; l>t training; t>r training",
    )

    assert ("G15" in rules_about(board, notes)) is asks
