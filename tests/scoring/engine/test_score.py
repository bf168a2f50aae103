"""What holds for every reply: exact quotes, no level without one, honest ends of the scale."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.designs.document.types import DesignDocument
from tests.scoring.documents import STEPS, all_of, answer, make_board, make_document, score

KEYS = [
    "id",
    "level",
    "state",
    "confidence",
    "summary",
    "evidence",
    "missing",
    "rules",
    "guards",
    "doubts",
]
GOOD_BOARD = make_board(
    {
        "u": "user-client",
        "lb": "load-balancer",
        "a": "app-server",
        "db": "nosql-db",
        "fs": "feature-store-online",
        "cg": "candidate-generator",
        "rk": "ranker",
        "l": "event-logger",
        "lg": "label-generator",
        "j": "joiner",
        "t": "trainer",
        "r": "model-registry",
    },
    "u>lb request: HTTPS; lb>a request: 12k/s; a>db request: profiles; a>cg request; cg>rk request;"
    "fs>rk data; u>l event: plays; l>lg data; lg>j training; j>t training; t>r training;"
    "r>rk training",
)


def reply_of(document: DesignDocument) -> dict[str, Any]:
    scoring = score(document)
    assert [step for step, _ in scoring.steps()] == list(STEPS)
    return scoring.reply()


def criteria_of(reply: dict[str, Any]) -> dict[str, Any]:
    return {one["id"]: one for step in reply["steps"].values() for one in step["criteria"]}


def check_invariants(document: DesignDocument, reply: dict[str, Any]) -> None:
    notes = {step["id"]: step["notes"] for step in document["steps"]}
    names = {one["id"]: one["name"] for one in document["board"]["components"]}
    labels = {one["id"]: one["label"] for one in document["board"]["connections"]}
    for step, result in reply["steps"].items():
        for criterion in result["criteria"]:
            assert list(criterion) == KEYS
            assert (criterion["level"] is None) == (criterion["state"] != "scored")
            assert bool(criterion["evidence"]) == (criterion["level"] is not None)
            assert len(criterion["summary"].split(". ")) == 1
            for one in criterion["evidence"]:
                if one["source"] == "notes":
                    assert one["step"] == step
                    assert one["quote"] == notes[step][one["start"] : one["end"]]
                else:
                    assert one["quote"] == {**names, **labels}[one["id"]]
            for one in criterion["guards"]:
                assert list(one) == ["reason", "step", "start", "end", "quote"]
                assert one["quote"] == notes[step][one["start"] : one["end"]]
        assert result["score"] is None or 0 <= result["score"] <= 100
        if result["score"] == 100:
            assert {one["level"] for one in result["criteria"] if one["state"] != "NA"} == {4}


@pytest.mark.parametrize("level", ["strong", "middling", "weak"])
def test_reply_holds_its_promises(level: str) -> None:
    document = make_document(all_of(level), GOOD_BOARD)

    reply = reply_of(document)

    assert list(reply) == [
        "rubric",
        "engine",
        "channels",
        "overall",
        "steps",
        "findings",
        "trace",
    ]
    assert list(reply["overall"]) == ["score", "band", "coverage"]
    assert list(reply["steps"]) == list(STEPS)
    check_invariants(document, reply)


WORDS = [
    "nDCG",
    "because",
    "we",
    "log",
    "200",
    "ms",
    "viewers",
    "rows",
    "not",
    "A/B",
    "test",
    "label",
    "drift",
    "|",
    "#",
    "-",
    "*",
    ".",
    "?",
    ",",
    "🎬",
    "```",
]


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join), st.sampled_from(STEPS))
def test_reply_holds_its_promises_for_any_text(text: str, step: str) -> None:
    document = make_document({step: text.replace(" # ", "\n# ").replace(" - ", "\n- ")})

    check_invariants(document, reply_of(document))


def test_empty_design_scores_zero_in_every_step() -> None:
    reply = reply_of(make_document())

    assert {result["score"] for result in reply["steps"].values()} == {0.0}
    assert reply["overall"] == {"score": None, "band": "thin", "coverage": 0.0}
    assert {one["state"] for one in criteria_of(reply).values()} <= {"NE", "NA"}
    assert reply["findings"] == []


def test_same_document_gives_the_same_bytes() -> None:
    document = make_document(all_of("strong"), GOOD_BOARD)

    assert json.dumps(reply_of(document)) == json.dumps(reply_of(document))


def test_skipped_step_has_no_score_and_leaves_the_total() -> None:
    notes = all_of("strong")
    played = reply_of(make_document(notes))
    statuses = {step: "skipped_by_interviewer" for step in STEPS if step not in notes}

    skipped = reply_of(make_document(notes, statuses=statuses))

    assert {skipped["steps"][step]["score"] for step in statuses} == {None}
    assert skipped["overall"]["score"] > played["overall"]["score"]


def test_step_skipped_by_the_candidate_weighs_half() -> None:
    notes = all_of("strong")
    status = dict.fromkeys([step for step in STEPS if step not in notes], "skipped_by_candidate")

    total = reply_of(make_document(notes, statuses=status))["overall"]["score"]

    assert total > reply_of(make_document(notes))["overall"]["score"]


def test_total_without_an_essential_step_is_capped() -> None:
    notes = {**all_of("strong"), "metrics": ""}

    assert reply_of(make_document(notes))["overall"]["score"] <= 50


def test_denied_thing_is_level_one_with_its_quote() -> None:
    notes = "We do not monitor concept drift or data drift."

    drift = criteria_of(reply_of(make_document({"scaling-monitoring": notes})))["sm.drift"]

    assert (drift["level"], drift["evidence"][0]["quote"]) == (1, notes)


def test_whole_path_on_the_board_reaches_three_and_no_more() -> None:
    criteria = criteria_of(reply_of(make_document(board=GOOD_BOARD)))

    assert [criteria[one]["level"] for one in ("ar.nonml", "ar.mlcomp", "ar.flow")] == [3, 3, 3]
    assert criteria["ar.nonml"]["evidence"][0] == {
        "source": "component",
        "id": "u",
        "quote": "User client",
    }
    assert max(one["level"] or 0 for one in criteria.values()) == 3


def test_part_without_a_note_reaches_two() -> None:
    criteria = criteria_of(reply_of(make_document(board=GOOD_BOARD)))

    assert criteria["da.labels"]["level"] == 2


def test_thirty_six_loose_boxes_earn_nothing() -> None:
    types = {f"b{index}": type_ for index, type_ in enumerate(["trainer", "ranker", "cache"] * 12)}

    reply = reply_of(make_document(board=make_board(types, "")))

    assert {result["score"] for result in reply["steps"].values()} == {0.0}


def test_findings_ask_about_what_the_board_lacks() -> None:
    board = make_board(
        {"u": "user-client", "p": "prediction-service", "t": "trainer", "x": "cache"},
        "u>p request; t>p training",
    )

    reply = reply_of(make_document(board=board))

    found = {finding["rule"]: finding["components"] for finding in reply["findings"]}
    assert {"G01", "G09", "G11", "G14", "G17", "G27", "G30"} <= set(found)
    assert {"G02", "G03", "G08"}.isdisjoint(found)
    assert (found["G01"], found["G30"]) == (["t"], ["x"])
    assert "G01" in criteria_of(reply)["ar.flow"]["rules"]


def test_findings_of_a_skipped_step_are_not_told() -> None:
    board = make_board({"t": "trainer", "p": "prediction-service"}, "t>p training")
    statuses = {"scaling-monitoring": "skipped_by_interviewer"}

    rules = [one["rule"] for one in reply_of(make_document(None, board, statuses))["findings"]]

    assert "G27" not in rules
    assert "G14" in rules


def test_unit_serves_three_criteria_at_most() -> None:
    notes = answer("metrics", "strong")

    served: dict[int, int] = {}
    for criterion in criteria_of(reply_of(make_document({"metrics": notes}))).values():
        for one in criterion["evidence"]:
            served[one["start"]] = served.get(one["start"], 0) + 1

    assert max(served.values()) <= 3


def test_criterion_that_does_not_apply_is_na() -> None:
    problem = {"id": "x", "version": "1", "title": "Demand", "prompt": "Forecast sales per shop."}

    criteria = criteria_of(reply_of(make_document(problem=problem)))

    assert criteria["me.rank"]["state"] == "NA"


def test_order_of_lists_does_not_matter() -> None:
    turned = {name: items[::-1] for name, items in GOOD_BOARD.items()}

    notes = all_of("strong")

    assert reply_of(make_document(notes, turned)) == reply_of(make_document(notes, GOOD_BOARD))


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda text: text.replace("\n", "\r\n")])
def test_way_of_writing_hardly_matters(change: Callable[[str], str]) -> None:
    notes = all_of("strong")
    changed = {step: change(text) for step, text in notes.items()}

    plain, other = (reply_of(make_document(one))["steps"] for one in (notes, changed))

    assert all(abs(plain[step]["score"] - other[step]["score"]) < 5 for step in notes)
