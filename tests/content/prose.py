"""The sentences of the packs, and which of them are nearly the same."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from apps.content.loader import Pack

LEAST_WORDS = 8  # shorter ones are alike by chance
SHINGLE = 3  # words
# Titles of papers, words to look for, and the scale that all rubrics have in common.
NO_PROSE = {"shelf", "aliases", "levels"}
# A shingle of so many sentences is a turn of phrase of the language, not of an author.
COMMON = 40


@dataclass(frozen=True)
class Sentence:
    """where: pack and place in it."""

    where: str
    pack: str
    text: str
    shingles: frozenset[tuple[str, ...]]


def sentences_of(pack: Pack) -> Iterator[Sentence]:
    name = f"{pack.kind.name} {pack.id}"
    for place, text in _texts(pack.document, ""):
        for part in re.split(r"(?<=[.!?:])\s+|\n+", text):
            words = re.findall(r"[a-z0-9']+", part.lower())
            if len(words) >= LEAST_WORDS:
                yield Sentence(f"{name}{place}", name, part.strip(), _shingles(words))


def near_duplicates(
    sentences: Iterable[Sentence], least: float
) -> list[tuple[float, Sentence, Sentence]]:
    """Pairs from different packs that share at least so much of their runs of three words."""
    listed = list(sentences)
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, sentence in enumerate(listed):
        for shingle in sentence.shingles:
            holders[shingle].append(index)
    pairs = {
        (one, other)
        for indices in holders.values()
        if len(indices) <= COMMON
        for one in indices
        for other in indices
        if one < other and listed[one].pack != listed[other].pack
    }
    found = [(_likeness(listed[a], listed[b]), listed[a], listed[b]) for a, b in sorted(pairs)]
    return sorted((item for item in found if item[0] >= least), key=lambda item: -item[0])


def _likeness(one: Sentence, other: Sentence) -> float:
    return len(one.shingles & other.shingles) / len(one.shingles | other.shingles)


def _shingles(words: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)
    )


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in NO_PROSE and isinstance(item, list):
                continue
            yield from _texts(item, f"{place}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{place}[{index}]")
