"""The trace: every number of a score can be worked out again from it, by hand or as here."""

import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.content import registry
from apps.content.worked import answer_document, reference_document
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse
from tests.scoring.documents import STEPS, all_of, make_board, make_document, score

FOOT = {1: 0.0, 2: 0.3, 3: 0.6, 4: 0.86}
# The limits of a level, on the scale of the reading.
LIMITS = {2: (1.64, 2.6), 3: (2.6, 3.16), 4: (3.16, 4.0)}
MOST = {"sides": 3, "figures": 3, "weighings": 6, "parts": 2}
BOARD = make_board(
    {"u": "user-client", "p": "prediction-service", "l": "event-logger", "t": "trainer"},
    "u>p request: asks; p>l event; l>t training; t>p training",
)


def check(trace: Any, reply: Any) -> None:
    """Works every number out again, from the trace alone."""
    for step, told in trace["steps"].items():
        for criterion in told["criteria"].values():
            check_criterion(criterion, told["units"], told["ground"])
        check_step(told, shares(trace)[step])
        assert told["score"] == reply["steps"][step]["score"]
    check_total(trace["overall"])
    assert trace["overall"]["score"] == reply["overall"]["score"]


def check_criterion(told: Any, units: Any, ground: Any) -> None:
    parts, rows = told["parts"], [row for row in told["evidence"] if row["counted"]]
    level = level_of(told["rules"])

    assert (told["level"] or 0) == level
    assert parts["foot"] == FOOT.get(level, 0.0)
    if told["state"] != "NA":
        check_reading(told, rows, units, ground)
    if level >= 2:
        low, high = LIMITS[level]
        within = min(1.0, max(0.0, (told["reading"]["value"] - low) / (high - low)))
        assert parts["within"] == pytest.approx(within, abs=1e-4)
        assert parts["trust"] == pytest.approx(trust(rows))
        assert parts["substance"] == (ground["substance"] if rows else 1.0)
    worth = parts["trust"] * parts["substance"]
    assert told["value"] == round((parts["foot"] + parts["span"] * parts["within"]) * worth, 4)


def check_reading(told: Any, rows: Any, units: Any, ground: Any) -> None:
    lines = [units[place] for place in sorted({row["unit"] for row in rows})]
    places = {row["unit"] for row in rows}
    near = [
        unit for unit in units if not places.isdisjoint((unit["n"] - 1, unit["n"], unit["n"] + 1))
    ]
    there = {
        "sides": len({row["facet"] for row in rows}),
        "figures": sum(line["figures"] for line in lines),
        "weighings": sum(unit["weighings"] for unit in near),
        "parts": sum(row["holds"] for row in told["board"]),
    }
    reading = told["reading"]
    counts = {term["what"]: term["count"] for term in reading["terms"]}
    if level_of(told["rules"]) != 1:
        assert counts == {
            **{what: min(MOST[what], count) for what, count in there.items()},
            "counting": ground["counting"],
        }
    terms = sum(term["count"] * term["each"] for term in reading["terms"])
    assert reading["value"] == pytest.approx(reading["base"] + reading["ease"] + terms, abs=1e-4)
    numbers = sum(unit["numbers"] for unit in units if unit["quality"] >= 0.5)
    words = sum(unit["words"] for unit in units if unit["quality"] >= 0.5)
    assert ground["words"] == words
    assert ground["counting"] == pytest.approx(min(1.0, 10 * numbers / (words + 30)), abs=1e-4)


def level_of(rules: Any) -> int:
    return max(reached(rules, "notes"), reached(rules, "board"))


def reached(rules: Any, by: str) -> int:
    own = [rule for rule in rules if rule["by"] == by]
    unmet = min((rule["level"] for rule in own if not rule["met"]), default=5)
    return max((rule["level"] for rule in own if rule["level"] < unmet), default=0)


def trust(rows: Any) -> float:
    return 0.7 + 0.3 * max(row["strength"] for row in rows) if rows else 1.0


def check_step(told: Any, share: Any) -> None:
    asked = [one for one in told["criteria"].values() if one["state"] != "NA"]
    weights = sum(one["weight"] for one in asked)
    mean = sum(one["weight"] * one["value"] for one in asked) / weights if weights else 0.0

    assert told["mean"] == pytest.approx(mean)
    if share["multiplier"] == 0:
        assert told["score"] is None
    else:
        most = 100.0 if all(one["level"] == 4 for one in asked) else 99.9
        check_fit(told)
        kept = told["focus"] * told["fit"]
        assert told["score"] == min(most, round(100 * told["mean"] * kept, 1))


def check_fit(told: Any) -> None:
    about = told["problem"]

    assert told["fit"] == about["value"]
    if about["units"] and about["expected"]:
        named = about["named"] + 0.5 + about["like_others"] * about["elsewhere"]
        share = named / (about["units"] + 2 + about["like_others"])
        assert about["share"] == pytest.approx(share, abs=1e-4)
        kept = 0.45 + 0.55 * min(1.0, about["share"] / about["expected"])
        assert about["value"] == pytest.approx(kept, abs=1e-4)


def shares(trace: Any) -> dict[str, Any]:
    return {one["id"]: one for one in trace["overall"]["steps"]}


def check_total(told: Any) -> None:
    assert math.fsum(one["share"] for one in told["steps"]) == pytest.approx(1.0)
    assert all((one["share"] == 0) == (one["multiplier"] == 0) for one in told["steps"])
    if told["score"] is not None:
        total = sum(one["share"] * (one["score"] or 0.0) for one in told["steps"])
        limits = [cap["limit"] for cap in told["caps"]]
        assert told["score"] == pytest.approx(min([total, *limits]), abs=0.051)


def references() -> Iterator[Any]:
    for problem in registry.problems():
        if problem.reference is not None:
            yield pytest.param(lambda p=problem: reference_document(p), id=problem.id)


def worked_answers() -> Iterator[Any]:
    for problem in registry.problems():
        for answer in problem.answers:
            name = f"{problem.id} {answer.id}"
            yield pytest.param(lambda p=problem, a=answer.id: answer_document(p, a), id=name)


@pytest.mark.parametrize("make", [*references(), *worked_answers()])
def test_numbers_of_worked_designs_follow_from_the_trace(make: Callable[[], Any]) -> None:
    reply = score(parse(make())).reply()

    check(reply["trace"], reply)


@pytest.mark.parametrize("status", ["deep_dive", "skipped_by_interviewer", "skipped_by_candidate"])
def test_numbers_follow_from_the_trace_in_every_state(status: str) -> None:
    statuses = dict.fromkeys(STEPS[1:4], status)
    reply = score(make_document(all_of("strong"), BOARD, statuses)).reply()

    check(reply["trace"], reply)


def test_numbers_follow_from_the_trace_of_a_capped_total() -> None:
    reply: Any = score(make_document({**all_of("strong"), "metrics": ""}, BOARD)).reply()

    check(reply["trace"], reply)
    assert reply["trace"]["overall"]["caps"] == [
        {"rule": "Nothing is found in metrics", "limit": 50.0}
    ]


SENTENCES = [
    sentence.strip() for text in all_of("strong").values() for sentence in text.split(". ")
] + [
    "We do not monitor drift.",
    "nDCG, CTR, recall, AUC",
    "Would nDCG fit?",
    "## Plan",
    "| a | b |",
]


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(STEPS), st.lists(st.sampled_from(SENTENCES), max_size=12)))
def test_numbers_of_any_document_follow_from_the_trace(written: dict[str, list[str]]) -> None:
    notes = {step: "\n".join(lines) for step, lines in written.items()}

    reply = score(make_document(notes, BOARD)).reply()

    check(reply["trace"], reply)


def traced(document: DesignDocument, step: str = "metrics") -> Any:
    reply: Any = score(document).reply()
    return reply["trace"]["steps"][step]


def test_units_stand_where_the_trace_says() -> None:
    notes = "We count finished films per week.\n\n- nDCG, CTR, recall, AUC"

    units = traced(make_document({"metrics": notes}))["units"]

    assert [notes[unit["start"] : unit["end"]] for unit in units] == [
        "We count finished films per week.",
        "nDCG, CTR, recall, AUC",
    ]
    assert units[0]["guards"] == []
    assert "LIST" in [guard["reason"] for guard in units[1]["guards"]]


def test_guards_of_a_unit_multiply_to_its_quality() -> None:
    trace: Any = score(make_document(all_of("weak"))).reply()["trace"]

    for step in trace["steps"].values():
        for unit in step["units"]:
            factors = [guard["factor"] for guard in unit["guards"]]
            assert unit["quality"] == pytest.approx(math.prod(factors), abs=1e-3)


def test_rows_that_do_not_count_say_why() -> None:
    trace: Any = score(make_document(all_of("strong"))).reply()["trace"]

    rows = [
        row
        for step in trace["steps"].values()
        for criterion in step["criteria"].values()
        for row in criterion["evidence"]
    ]

    assert all(bool(row["why"]) != row["counted"] for row in rows)
    assert {"EXCLUSIVE", "LIST"} <= {row["why"] for row in rows}


def test_trace_names_what_the_score_was_made_with() -> None:
    scoring = score(make_document())
    trace: Any = scoring.reply()["trace"]

    assert trace["rubric"] == {
        "id": scoring.rubric.id,
        "version": scoring.rubric.version,
        "sha256": scoring.rubric.sha256,
    }
    assert (trace["channels"], trace["model"]) == (["lexical"], None)


def test_trace_is_plain_json() -> None:
    trace = score(make_document(all_of("strong"), BOARD)).reply()["trace"]

    assert json.loads(json.dumps(trace, allow_nan=False)) == trace
