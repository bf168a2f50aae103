"""Markdown of a pack becomes HTML that runs nothing and fetches nothing."""

import pytest

from apps.web.markdown import html_of


def test_what_notes_are_made_of() -> None:
    html = html_of("## Head\n\n- one **two**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")

    assert "<h2>Head</h2>" in html
    assert "<li>one <strong>two</strong></li>" in html
    assert "<td>2</td>" in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[press](javascript:alert(1))",
        "![](https://example.org/spy.png)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    html = html_of(text)

    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
