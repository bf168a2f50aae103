"""What would a plain keyword counter do? It stands beside the engine in every figure.

Points are for each of the rubric's terms that the notes hold, up to a hundred. That is what many
home-made scorers do, so it shows what the rest of the engine costs, and what it buys.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from apps.content import registry

NAME: Final = "keywords"
# Aliases that are more than plain words, such as "a & b".
PATTERN: Final = frozenset("&|$")
# So many different terms make a full score: as many as the good answers of the cases hold.
FULL: Final = 12


def points(_problem: str, notes: Mapping[str, str]) -> dict[str, float]:
    """0 to 100 by step."""
    return {step: min(100.0, 100 * _terms_in(step, text) / FULL) for step, text in notes.items()}


def _terms_in(step: str, text: str) -> int:
    return len({found.lower() for found in _pattern(step).findall(text)})


@cache
def _pattern(step: str) -> re.Pattern[str]:
    """All terms of a step in one expression, the longest first."""
    ranked = sorted(terms_of(step), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ranked))})\b", re.IGNORECASE)


def terms_of(step: str) -> set[str]:
    """The plain words among what the rubric looks for in a step."""
    criteria: Any = registry.rubric().data["criteria"]
    return {
        alias
        for criterion in criteria
        if criterion["step"] == step
        for facet in criterion["facets"]
        for alias in facet.get("aliases", ())
        if not set(alias) & PATTERN
    }
