"""What do the cards of the board and the notes beside it say? Words and sizes, found in text."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from apps.designs.document.types import ComponentBody
from apps.scoring.engine.graph import Graph
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


def cards_of(graph: Graph) -> dict[str, str]:
    """Everything written on each card: name, notes, tags, fields, labels of its arrows. Folded."""
    texts = {id_: _own_text(component) for id_, component in graph.components.items()}
    for edge in graph.edges:
        for end in {edge.source, edge.target}:
            texts[end].append(edge.label)
    return {id_: fold(". ".join(written)) for id_, written in texts.items()}


def fold(text: str) -> str:
    """The stems of its words, so that a phrase is found in any form of its words."""
    return f" {' '.join(stems_of(text))} "


def said(folded: str, phrases: Iterable[str]) -> list[str]:
    """Those of the phrases that a folded text holds."""
    return [phrase for phrase in phrases if _folded_phrase(phrase) in folded]


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


def _own_text(component: ComponentBody) -> list[str]:
    fields = (f"{name.replace('_', ' ')} {value}" for name, value in component["fields"].items())
    return [component["name"], component["notes"], *component["tags"], *fields]


_folded_phrase = lru_cache(maxsize=2_000)(fold)
