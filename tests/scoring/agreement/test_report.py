"""What a comparison says about a few sessions that can be counted by hand."""

from typing import Any

from apps.scoring.agreement.levels import NA, NE, Levels, RatedSession, levels_of
from apps.scoring.agreement.report import report_of
from apps.scoring.agreement.table import agreement_table, as_text, confusion_table

STEP_OF = {
    "pf.goal": "problem-formulation",
    "pf.scope": "problem-formulation",
    "me.rank": "metrics",
}


def test_every_rater_gives_a_pair_for_each_criterion() -> None:
    report = report_of([session(anna={"pf.goal": 3, "pf.scope": 2}, ben={"pf.goal": 4})], STEP_OF)

    assert report["raters"] == 2
    assert report["double_rated"] == 1
    assert figures(report, "all")["pairs"] == 3


def test_steps_come_in_the_order_of_the_rubric_and_only_if_rated() -> None:
    one = session(anna={"me.rank": 3, "pf.goal": 3}, machine={"me.rank": 3, "pf.goal": 2})

    report = report_of([one], STEP_OF)

    assert [item["id"] for item in items(report, "steps")] == ["problem-formulation", "metrics"]
    assert [item["id"] for item in items(report, "criteria")] == ["pf.goal", "me.rank"]


def test_figures_without_ne_leave_out_pairs_with_ne_on_either_side() -> None:
    one = session(
        anna={"pf.goal": NE, "pf.scope": 2, "me.rank": 3},
        machine={"pf.goal": 3, "pf.scope": NE, "me.rank": 3},
    )

    row: Any = report_of([one], STEP_OF)["all"]

    assert (row["with_ne"]["pairs"], row["with_ne"]["near"]) == (3, 0.667)
    assert (row["without_ne"]["pairs"], row["without_ne"]["near"]) == (1, 1.0)


def test_what_does_not_apply_is_counted_and_not_compared() -> None:
    one = session(
        anna={"pf.goal": NA, "pf.scope": NA, "me.rank": 3},
        machine={"pf.goal": NA, "pf.scope": 2, "me.rank": NA},
    )

    report = report_of([one], STEP_OF)

    assert report["left_out"] == {"both": 1, "people": 1, "machine": 1}
    assert figures(report, "all")["pairs"] == 0


def test_criteria_that_only_people_rate_are_left_out() -> None:
    one = session(anna={"xc.comm": 4, "pf.goal": 3}, machine={"xc.comm": 1, "pf.goal": 3})

    assert figures(report_of([one], STEP_OF), "all")["pairs"] == 1


def test_people_are_compared_with_each_other_on_the_same_session() -> None:
    one = session(anna={"pf.goal": 3, "pf.scope": 2}, ben={"pf.goal": 4}, carl={"pf.goal": 3})

    assert figures(report_of([one], STEP_OF), "people")["pairs"] == 3


def test_no_sessions_make_an_empty_report() -> None:
    report = report_of([], STEP_OF)

    assert report["sessions"] == 0
    assert report["steps"] == []
    assert figures(report, "all")["kappa"] is None


def test_levels_of_a_reply_are_states_where_there_is_none() -> None:
    rows = [
        {"id": "pf.goal", "level": 3, "state": "scored"},
        {"id": "pf.scope", "level": None, "state": "NE"},
    ]

    reply = {"steps": {"problem-formulation": {"criteria": rows}}}

    assert levels_of(reply) == {"pf.goal": 3, "pf.scope": "NE"}


def test_table_shows_a_line_for_each_row() -> None:
    report: Any = report_of([session(anna={"pf.goal": 3})], STEP_OF)

    _title, _head, line = as_text(agreement_table("By step", "step", report["steps"]))

    assert line.split()[:6] == ["problem-formulation", "1", "1", "1.00", "1.00", "+0.00"]
    assert "too few" in line


def test_confusion_table_has_people_in_rows() -> None:
    report = report_of([session(anna={"pf.goal": 4}, machine={"pf.goal": 3})], STEP_OF)

    assert confusion_table(report["confusion"]).rows[-1] == ("4", "0", "0", "0", "1", "0")


def session(machine: Levels | None = None, **people: Levels) -> RatedSession:
    return RatedSession("a", machine or {"pf.goal": 3, "pf.scope": 2, "me.rank": 3}, people)


def items(report: Any, key: str) -> Any:
    return report[key]


def figures(report: Any, key: str) -> Any:
    return report[key]["with_ne"]
