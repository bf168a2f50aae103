"""How sure the machine says it is, and when it would rather have a person look."""

from typing import Any

import pytest

from apps.content import registry
from tests.scoring.documents import STEPS, all_of, answers, make_board, make_document, score

GERMAN = (
    "Wir wollen erreichen, dass die Zuschauer mehr Filme zu Ende sehen. Das Modell lernt jede "
    "Nacht aus den Daten der letzten dreißig Tage, und die Antwort kommt in unter 200 ms."
)


def hint_of(criterion: str) -> dict[str, str]:
    items: Any = registry.rubric().data["criteria"]
    return next(item["hint"] for item in items if item["id"] == criterion)


def criteria(step: str, notes: str, board: Any = None) -> dict[str, Any]:
    reply: Any = score(make_document({step: notes}, board)).reply()
    return {one["id"]: one for one in reply["steps"][step]["criteria"]}


def agreement(step: str, notes: str, board: Any, criterion: str) -> float:
    reply: Any = score(make_document({step: notes}, board)).reply()
    traced = reply["trace"]["steps"][step]["criteria"][criterion]
    return float(traced["confidence"]["agreement"])


def doubts(step: str, notes: str) -> set[str]:
    return {doubt for one in criteria(step, notes).values() for doubt in one["doubts"]}


def test_reading_further_from_a_limit_is_surer() -> None:
    line = "Drift of the 20 inputs is charted each day and compared with the training rows."
    more = (
        "Drift of the scores pages us above 0.2 for 3 hours of 24, but not for 1, because 40 % of "
        "30 million viewers change in 12 weeks; then we retrain."
    )

    one, two = (
        criteria("scaling-monitoring", text)["sm.drift"] for text in (line, f"{line}\n{more}")
    )

    assert two["confidence"] > one["confidence"] > 0


def test_board_that_shows_the_same_makes_a_level_surer() -> None:
    line = "A label is a title finished within two days, and it comes from the play events."
    board = make_board({"l": "event-logger", "g": "label-generator"}, "l>g data: plays")

    alone, with_board = (agreement("data", line, given, "da.labels") for given in (None, board))

    assert with_board > alone


@pytest.mark.parametrize("step", STEPS)
def test_good_answers_raise_no_doubts(step: str) -> None:
    assert doubts(step, all_of("strong").get(step, "")) == set()


def test_text_in_another_language_is_doubted() -> None:
    assert doubts("problem-formulation", GERMAN) == {"UNKNOWN_LANGUAGE"}


def test_line_too_short_to_tell_its_language_is_not_doubted() -> None:
    assert doubts("metrics", "nDCG") == set()


def test_text_that_guards_mostly_refuse_is_doubted() -> None:
    outline = answers("attacks")["outline"]["metrics"]

    assert doubts("metrics", outline) == {"GUARDED"}


def test_guards_name_the_lines_that_would_have_been_evidence() -> None:
    found = criteria("metrics", "nDCG, CTR, recall, precision, AUC")

    guards = [one for criterion in found.values() for one in criterion["guards"]]

    assert {(one["reason"], one["quote"]) for one in guards} == {
        ("LIST", "nDCG, CTR, recall, precision, AUC")
    }


def test_denied_line_is_named_where_another_line_says_the_thing() -> None:
    notes = "We do not monitor data drift.\nDrift of 20 inputs is charted each day by a job."

    drift = criteria("scaling-monitoring", notes)["sm.drift"]

    assert drift["level"] >= 2
    assert [(one["reason"], one["quote"]) for one in drift["guards"]] == [
        ("NEGATED", "We do not monitor data drift.")
    ]


def test_hint_of_the_criterion_leads_to_the_next_level() -> None:
    found = criteria("scaling-monitoring", "Drift of the inputs is watched by a job of ours.")

    assert found["sm.drift"]["level"] == 2
    assert found["sm.drift"]["missing"][-1] == hint_of("sm.drift")["2"]
