"""What a user types stays text, whatever it is."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.diagrams.pipeline.escape import clamped, html_text, one_line, plain_text, visible

ANY_TEXT = st.text(st.characters(codec=None))  # lone surrogates too


@given(ANY_TEXT)
def test_visible_text_is_valid_xml(text: str) -> None:
    shown = visible(text)

    assert len(shown) == len(text)
    assert shown.encode().decode() == shown  # no lone surrogate
    assert not re.search("[\x00-\x1f\x7f-\x9f\ufffe\uffff]", shown)


@given(ANY_TEXT)
def test_html_text_means_what_was_typed(text: str) -> None:
    escaped = html_text(text)

    assert not set(escaped) & set("<>\"']")
    assert html.unescape(escaped).replace("\\\\", "\\") == visible(text)


@given(ANY_TEXT)
def test_html_text_has_only_doubled_backslashes(text: str) -> None:
    assert all(len(run) % 2 == 0 for run in re.findall(r"\\+", html_text(text)))


@given(ANY_TEXT)
def test_plain_text_cannot_close_its_quotes(text: str) -> None:
    escaped = plain_text(text)

    assert re.fullmatch(r'(?:[^"\\\n]|\\\\|\\"|\\n)*', escaped)


@given(ANY_TEXT)
def test_plain_text_means_what_was_typed(text: str) -> None:
    meanings = {'\\"': '"', "\\\\": "\\", "\\n": "\n"}

    read = re.sub(r'\\["\\n]', lambda found: meanings[found[0]], plain_text(text))

    assert html.unescape(read) == "\n".join(visible(line) for line in text.split("\n"))


@given(ANY_TEXT)
def test_one_line_is_one_line_and_stays_so(text: str) -> None:
    line = one_line(text)

    assert line.splitlines() in ([], [line])
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3.14159, "3.14"),
        (5, "5"),
        (-1, "0.1"),
        (1e300, "60"),
        (float("inf"), "0.1"),
        (float("nan"), "0.1"),
    ],
)
def test_numbers_are_clamped(value: float, written: str) -> None:
    assert clamped(value, 0.1, 60) == written
