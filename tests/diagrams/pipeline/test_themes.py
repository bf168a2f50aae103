"""The themes are the interface's tokens, value for value."""

import re
from pathlib import Path

import pytest

from apps.diagrams.pipeline.themes import DARK, HUES, LIGHT, Theme

TOKENS = Path(__file__).parents[3] / "frontend/src/styles/tokens.css"
PAIR = re.compile(r"--([\w-]+):\s*light-dark\((#\w{6}), (#\w{6})\)")


@pytest.mark.parametrize(("theme", "side"), [(LIGHT, 1), (DARK, 2)])
def test_colours_are_the_tokens(theme: Theme, side: int) -> None:
    tokens = {found[1]: found[side + 1] for found in PAIR.finditer(TOKENS.read_text())}

    assert theme.background == tokens["board"]
    assert (theme.card, theme.text, theme.subtext) == (
        tokens["card"],
        tokens["card-text"],
        tokens["card-sub"],
    )
    assert (theme.edge, theme.request_edge) == (tokens["edge"], tokens["edge-req"])
    assert (theme.edge_label, theme.chip_line) == (tokens["edge-label"], tokens["chip-line"])
    for name in HUES:
        hue = theme.hues[name]
        parts = ("bg", "line", "ink", "tile", "mark")
        values = (hue.fill, hue.line, hue.ink, hue.tile, hue.mark)
        assert values == tuple(tokens[f"{name}-{part}"] for part in parts)
