"""How is a step written, as a whole? Numbers, weighing words, things of the problem, empty phrases.

A single hollow line proves nothing, and a good answer has plain ones too. Over all lines of a step
the difference is large: measured on honest answers, on what only looks like one, and on the marks
that people gave.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from apps.core.json import JsonObject
from apps.scoring.engine.annotate import Annotated
from apps.scoring.engine.lexicon import FUNCTION
from apps.scoring.engine.quality import Quality
from apps.scoring.engine.rubric import Step

# Evidence weaker than this does not count by itself, nor does a line of lower quality stand.
VALID: Final = 0.5
# Short notes are read on from line to line where so much of a step stands, by words.
STANDS: Final = 0.6
# ... and where so many of its lines hold a phrase of the step.
AT_HOME: Final = 0.25
# One number in so many words is as much as counts. To the words that stand so many without a number
# are added, as one line with three numbers tells little of how a step is written.
WORDS_PER_NUMBER: Final = 10
FEW_WORDS: Final = 30
# A step speaks of its own design from this share of concrete lines on, and of none up to that ...
CONCRETE, GENERIC = 0.42, 0.12
# ... is hollow from this share of hollow words on, and not at all up to that ...
HOLLOW, NOT_HOLLOW = 0.35, 0.16
# ... where this is the doubt in favour of few words ...
PLAIN, PLAIN_WORDS = 0.1, 10
# ... and is written in sentences from this fluency on, thrown together below that.
FLUENT, SALAD = 0.22, 0.08
# ... where this is the doubt in favour of few small words.
DOUBT, SMALL_WORDS = 0.4, 8
# With less substance than this nothing in it is evidence.
EMPTY: Final = 0.25


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit with what its guards found."""

    unit: Annotated
    quality: Quality


@dataclass(frozen=True, slots=True)
class Ground:
    """What all lines of a step tell.

    words: in lines that stand. stands: their share of all words, 0..1. at_home: share of its lines
    with a phrase of the step. counting: how densely the standing lines count, at most 1, less for
    few words. concrete: share of all lines that count something or name a thing of the problem.
    hollow: mean share of their words that say nothing about any one design. fluency: mean, of
    `word_order`.
    """

    words: int
    stands: float
    at_home: float
    counting: float
    concrete: float
    hollow: float
    fluency: float

    @property
    def substance(self) -> float:
        """1 for a step that speaks of one design in sentences, less for phrases of any design."""
        particular = min(1.0, max(0.0, (self.concrete - GENERIC) / (CONCRETE - GENERIC)))
        plain = min(1.0, max(0.0, (HOLLOW - self.hollow) / (HOLLOW - NOT_HOLLOW)))
        fluent = min(1.0, max(0.0, (self.fluency - SALAD) / (FLUENT - SALAD)))
        return round(particular * plain * fluent, 4)

    @property
    def is_empty(self) -> bool:
        return self.substance < EMPTY

    @property
    def reads_on(self) -> bool:
        """Short notes are read on from line to line."""
        return self.stands >= STANDS and self.at_home >= AT_HOME

    def as_json(self) -> JsonObject:
        return {
            "words": self.words,
            "stands": self.stands,
            "at_home": self.at_home,
            "counting": self.counting,
            "concrete": self.concrete,
            "hollow": self.hollow,
            "fluency": self.fluency,
            "substance": self.substance,
        }


def ground_of(step: Step, units: Sequence[Judged]) -> Ground:
    lines = [one.unit for one in units]
    standing = [one.unit for one in units if one.quality.factor >= VALID]
    facets = {facet.index for criterion in step.criteria for facet in criterion.facets}
    words, stand = _words(lines), _words(standing)
    numbers = sum(unit.numbers for unit in standing)
    return Ground(
        stand,
        round(stand / words, 4) if words else 0.0,
        round((sum(_speaks_of(unit, facets) for unit in lines) + 1) / (len(lines) + 1), 4),
        round(min(1.0, WORDS_PER_NUMBER * numbers / (stand + FEW_WORDS)), 4),
        round((sum(map(_is_concrete, lines)) + 1) / (len(lines) + 1), 4),
        _mean([(PLAIN, PLAIN_WORDS), *((unit.hollow, len(unit.words)) for unit in lines)], 0.0),
        _mean([(DOUBT, SMALL_WORDS), *_fluencies(lines)], 1.0),
    )


def _fluencies(units: Sequence[Annotated]) -> list[tuple[float, int]]:
    """Weighed by small words: their order is what tells, and short notes have few of them."""
    return [
        (unit.fluency, sum(word in FUNCTION for word in unit.words))
        for unit in units
        if unit.fluency is not None
    ]


def _words(units: Sequence[Annotated]) -> int:
    return sum(len(unit.words) for unit in units)


def _speaks_of(unit: Annotated, facets: set[int]) -> bool:
    return any(hit.facet in facets and hit.strength >= VALID for hit in unit.hits)


def _is_concrete(unit: Annotated) -> bool:
    return unit.numbers > 0 or unit.entities > 0


def _mean(weighed: Sequence[tuple[float, int]], default: float) -> float:
    total = sum(weight for _, weight in weighed)
    return round(fsum(value * weight for value, weight in weighed) / total, 4) if total else default
