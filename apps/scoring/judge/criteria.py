"""What of the rubric is the model given, and which words belong to a facet?"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from apps.scoring.engine.rubric import Rubric
from apps.scoring.engine.words import content_stems
from apps.scoring.judge.prompt import CriterionAsked, FacetAsked

EXAMPLES: Final = 4
# A word of more facets than this says nothing about any one.
SHARED: Final = 15


def criteria_asked(rubric: Rubric, step: str, asked: Collection[str]) -> tuple[CriterionAsked, ...]:
    """asked: criteria that the problem calls for."""
    return tuple(
        CriterionAsked(item["id"], item["label"], item["ask"], tuple(_facets(item)))
        for item in rubric.data["criteria"]
        if item["step"] == step and item["id"] in asked
    )


def facet_indexes(rubric: Rubric) -> dict[str, int]:
    """The engine's place of each facet, by its key."""
    return {f"{facet.criterion}/{facet.id}": facet.index for facet in rubric.facets}


def vocabularies(rubric: Rubric) -> dict[str, frozenset[str]]:
    """The stems of each facet's words, by its key: its question, phrases and examples.

    Wide on purpose: everyday words are in the examples, and one word in common is enough.
    """
    groups = rubric.data["word_groups"]
    words = {
        f"{item['id']}/{raw['id']}": frozenset(content_stems(". ".join(_texts(item, raw, groups))))
        for item in rubric.data["criteria"]
        for raw in item["facets"]
    }
    counts = Counter(word for own in words.values() for word in own)
    return {
        key: frozenset(one for one in own if counts[one] <= SHARED) for key, own in words.items()
    }


def _facets(item: Any) -> Iterator[FacetAsked]:
    for raw in item["facets"]:
        examples = tuple(raw.get("prototypes", ())[:EXAMPLES])
        yield FacetAsked(f"{item['id']}/{raw['id']}", raw.get("ask", item["ask"]), examples)


def _texts(item: Any, raw: Any, groups: Mapping[str, Iterable[str]]) -> Iterator[str]:
    yield raw.get("ask", item["ask"])
    yield from raw.get("prototypes", ())
    yield from raw.get("weak", ())
    for alias in raw.get("aliases", ()):
        for option in map(str.strip, re.split(r"[|&]", alias)):
            yield from groups[option[1:]] if option.startswith("$") else [option]
