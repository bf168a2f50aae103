"""What do the cards of the board and the notes beside it say? Words and sizes, found in text."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from apps.designs.document.types import ComponentBody
from apps.scoring.engine.graph import Edge
from apps.scoring.engine.words import stems_of

_SIZE: Final = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<factor>(?:k|m|b|bn|thousand|million|billion)\b)?"
    r"\s*(?P<units>[a-z]+(?:\s+[a-z]+)?)?"
)
_FACTORS: Final = {
    "": 1.0,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
}


def card_text(component: ComponentBody, arrows: Iterable[Edge]) -> str:
    """Everything written on a card: name, notes, tags, fields, and the labels of its arrows."""
    fields = (f"{name} {value}" for name, value in component["fields"].items())
    labels = (edge.label for edge in arrows if component["id"] in (edge.source, edge.target))
    return ". ".join([component["name"], component["notes"], *component["tags"], *fields, *labels])


def said(text: str, phrases: Iterable[str]) -> list[str]:
    """Those of the phrases that the text holds, in any form of their words."""
    words = _folded(text)
    return [phrase for phrase in phrases if _folded(phrase) in words]


def sizes(component: ComponentBody, units: Iterable[str]) -> Iterator[float]:
    """Numbers on a card that count one of the units: in its notes, or a field of that name.

    "2M titles" and "2,000,000 new titles" are two million titles; so is {titles: 2000000}.
    """
    wanted = set(units)
    for match in _SIZE.finditer(f"{component['name']}. {component['notes']}".lower()):
        if wanted & set((match["units"] or "").split()):
            yield float(match["digits"].replace(",", "")) * _FACTORS[match["factor"] or ""]
    for name, value in component["fields"].items():
        if isinstance(value, int | float) and wanted & set(name.split("_")):
            yield value


@lru_cache(maxsize=2_000)
def _folded(text: str) -> str:
    return f" {' '.join(stems_of(text))} "
