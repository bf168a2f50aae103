"""Setting a report as PDF: whatever people write is shown, never run."""

import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.interviews.reports import child
from apps.interviews.reports.typeset import MAX_INPUT_BYTES, ReportFailed, typeset

HOSTILE = [
    '#read("report.typ")',
    '#import "@preview/cetz:0.2.2": *',
    "#while true {}",
    '"] #panic("x")',
    "\\u{0} \\\\ // /* $ x $ `` ``` <label> @ref = heading",
    "שלום مرحبا \u202e rtl",
    "🙂 𝔘 👩‍👩‍👧 你好",
    "\x00\x01\x1b[31m",
    "x" * 1_000_000,
    "[" * 10_000,
    "line\n" * 3_000,
]


def report_with(text: str) -> dict[str, Any]:
    """The text wherever somebody's words can stand."""
    mark = {"text": text[:40], "level": 2}
    entry = {"who": text, "cell": mark, "aside": text, "quotes": [text], "reason": text}
    return {
        "title": text[:200],
        "subtitle": text[:200],
        "footer": text[:80],
        "facts": [{"name": text[:80], "value": text[:200]}],
        "sections": [
            {"title": text[:80], "paragraphs": [text]},
            {
                "title": "Scores",
                "grid": {"heads": [text[:20], "A"], "rows": [{"name": text[:80], "cells": [mark]}]},
            },
            {"title": "Reasons", "items": [{"title": text[:80], "entries": [entry]}]},
        ],
    }


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:16]))
def test_hostile_text_is_set_like_any_other(text: str) -> None:
    assert typeset(report_with(text)).startswith(b"%PDF-")


@settings(max_examples=15)
@given(st.text(max_size=200))
def test_any_text_can_be_set(text: str) -> None:
    assert typeset(report_with(text)).startswith(b"%PDF-")


def test_a_picture_of_the_first_page() -> None:
    assert typeset(report_with("Priya"), "png").startswith(b"\x89PNG")


def test_more_than_a_report_may_hold_is_refused() -> None:
    report = report_with("Priya")
    report["sections"][0]["paragraphs"] = ["x" * 10_000] * (MAX_INPUT_BYTES // 10_000 + 1)

    with pytest.raises(ReportFailed, match="too long"):
        typeset(report)


def test_a_child_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.interviews.reports.typeset.PROGRAM", "apps.no_such_program")

    with pytest.raises(ReportFailed, match="at the moment"):
        typeset(report_with("Priya"))


def test_the_product_brings_its_fonts() -> None:
    assert sorted(os.listdir(child.FOLDER / "fonts")) == [
        "Inter-Regular.otf",
        "Inter-SemiBold.otf",
        "OFL.txt",
    ]
