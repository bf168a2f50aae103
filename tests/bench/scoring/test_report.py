"""Do the tables say what was measured, and mark what misses its goal?"""

from pathlib import Path
from typing import Any

import pytest

from bench.scoring import report
from bench.scoring.commands import ROOT


def test_figure_that_misses_its_goal_is_bold() -> None:
    table = report.sections(make_document())["checking"]

    assert "| hollow / honest | ≤ 0.6 | 5 | 0.55 | **0.71** | **1.08** |" in table


def test_goals_that_differ_are_both_told() -> None:
    table = report.sections(make_document())["checking"]

    assert "| paraphrase / textbook | ≥ 0.35; 0.7 | 9 | **0.30** | 0.76 | 0.09 |" in table


def test_figure_without_cases_is_left_out() -> None:
    assert "nothing yet" not in report.sections(make_document())["checking"]


def test_costs_stand_beside_their_goals_and_the_keyword_counter() -> None:
    table = report.sections(make_document())["speed"]

    assert "| ms for 1,000 new words | **41.0** (≤ 40) | 390.0 (≤ 400) |" in table
    assert "| the same, keyword counters' worth | 4.1 | 39.0 |" in table
    assert "| ms for 1,000 known words |  | **70.0** (≤ 60) |" in table
    assert "| 1,000 sessions in a batch | 30 s, 1.90 of 2 cores, 66 MB a process |  |" in table


def test_agreement_shows_both_channels_and_what_another_step_moves_by() -> None:
    table = report.sections(make_document())["agreement"]

    assert "| metrics | 564 | 0.25 (0.18–0.32) | 0.68 | 0.32 (0.23–0.40) | 0.73 |" in table
    assert (
        "| another step moves by |  | 1.5 points | at most 3.0 | 1.5 points | at most 3.0 |"
        in table
    )


def test_parts_that_were_not_measured_have_no_table() -> None:
    document = make_document()
    del document["agreement"], document["speed"]

    assert list(report.sections(document)) == ["checking"]


def test_tables_stand_between_the_marks_of_their_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    for page in set(report.PAGES.values()):
        sections = [name for name, where in report.PAGES.items() if where == page]
        text = "\n".join(f"{name}:\n{'old'.join(report.marks(name))}" for name in sections)
        (tmp_path / "docs" / page).write_text(text)
    monkeypatch.setattr(report, "ROOT", tmp_path)

    report.fill(make_document())

    text = (tmp_path / "docs" / "scoring.md").read_text()
    assert text.index("hollow / honest") < text.index("agreement:") < text.index("| metrics |")
    assert "old" not in text


@pytest.mark.parametrize(("name", "page"), report.PAGES.items())
def test_page_has_the_marks_once(name: str, page: str) -> None:
    text = (ROOT / "docs" / page).read_text()

    assert [text.count(mark) for mark in report.marks(name)] == [1, 1]


def make_document() -> dict[str, Any]:
    return {
        "measured_at": "2026-11-23T20:00:00+00:00",
        "load_average": {"before": [1.0], "after": [2.0]},
        "machine": {"processor": "A processor", "cores": 2},
        "versions": {"commit": "abc", "engine": "lexical 2", "rubric": "ml 2", "python": "3.11"},
        "checking": {
            "lexical": lines(0.55, 0.3, 0.35),
            "semantic": lines(0.71, 0.76, 0.7),
            "keywords": lines(1.08, 0.09, None),
        },
        "agreement": {
            "lexical": compared(0.25, [0.18, 0.32], 0.68),
            "semantic": compared(0.32, [0.23, 0.4], 0.73),
        },
        "speed": {
            "work": {
                "keywords": {"ms_per_1000_words": 10.0},
                "lexical": {"ms_per_1000_words": 41.0, "session_s": 0.1, "changed_s": 0.1},
                "semantic": {
                    "ms_per_1000_words": 390.0,
                    "cached_ms_per_1000_words": 70.0,
                    "session_s": 0.9,
                    "changed_s": 0.1,
                },
            },
            "command": {
                "lexical": {"rss_mb": 55.0, "cpu_s": 1.0},
                "semantic": {"rss_mb": 180.0, "cpu_s": 2.0},
            },
        },
        "batch": {"sessions": 1000, "wall_s": 30.0, "cores_used": 1.9, "jobs": 2, "rss_mb": 66.0},
    }


def lines(hollow: float, credit: float, goal: float | None) -> list[dict[str, Any]]:
    return [
        line("hollow / honest", hollow, 0.6, 5, at_most=True),
        line("paraphrase / textbook", credit, goal, 9, at_most=False),
        line("nothing yet", None, 0.1, 0, at_most=True),
    ]


def line(
    name: str, value: float | None, goal: float | None, cases: int, *, at_most: bool
) -> dict[str, Any]:
    known = value is not None and goal is not None
    passes = (value <= goal if at_most else value >= goal) if known else None  # type: ignore[operator]
    return {
        "name": name,
        "value": value,
        "goal": goal,
        "cases": cases,
        "at_most": at_most,
        "passes": passes,
    }


def compared(kappa: float, interval: list[float], near: float) -> dict[str, Any]:
    of = {"pairs": 564, "kappa": kappa, "interval": interval, "near": near}
    return {
        "steps": [{"id": "metrics", "with_ne": of}],
        "all": {"id": "all", "with_ne": of},
        "ablation": [{"moved": 0.0}, {"moved": 3.0}],
    }
