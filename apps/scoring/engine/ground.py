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
from apps.scoring.engine.quality import Quality

# Evidence weaker than this does not count by itself, nor does a line of lower quality stand.
VALID: Final = 0.5
# Short notes are read on from line to line where so much of a step stands, by words.
STANDS: Final = 0.6
# A step of so few lines does not tell much by the share of them that count something.
FEW_LINES: Final = 2
# A step speaks of its own design from this share of concrete lines on ...
CONCRETE: Final = 0.3
# ... is hollow from this share of hollow words on, and not at all up to that ...
HOLLOW, NOT_HOLLOW = 0.4, 0.17
# ... and is written in sentences from this fluency on, thrown together below that.
FLUENT, SALAD = 0.15, 0.0
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

    stands: share of its words in lines that stand, 0..1. counting: share of these lines with a
    number. concrete: share of all lines that count something or name a thing of the problem.
    hollow: mean share of their words that say nothing about any one design. fluency: mean, of
    `word_order`.
    """

    stands: float
    counting: float
    concrete: float
    hollow: float
    fluency: float

    @property
    def substance(self) -> float:
        """1 for a step that speaks of one design in sentences, less for phrases of any design."""
        particular = min(1.0, self.concrete / CONCRETE)
        plain = min(1.0, max(0.0, (HOLLOW - self.hollow) / (HOLLOW - NOT_HOLLOW)))
        fluent = min(1.0, max(0.0, (self.fluency - SALAD) / (FLUENT - SALAD)))
        return round(particular * plain * fluent, 4)

    @property
    def is_empty(self) -> bool:
        return self.substance < EMPTY

    @property
    def reads_on(self) -> bool:
        return self.stands >= STANDS

    def as_json(self) -> JsonObject:
        return {
            "stands": self.stands,
            "counting": self.counting,
            "concrete": self.concrete,
            "hollow": self.hollow,
            "fluency": self.fluency,
            "substance": self.substance,
        }


def ground_of(units: Sequence[Judged]) -> Ground:
    lines = [one.unit for one in units]
    standing = [one.unit for one in units if one.quality.factor >= VALID]
    words = _words(lines)
    return Ground(
        round(_words(standing) / words, 4) if words else 0.0,
        round(sum(unit.numbers > 0 for unit in standing) / (len(standing) + FEW_LINES), 4),
        round((sum(map(_is_concrete, lines)) + 1) / (len(lines) + 1), 4),
        _mean([(unit.hollow, len(unit.words)) for unit in lines], 0.0),
        _mean([(unit.fluency, len(unit.words)) for unit in lines if unit.fluency is not None], 1.0),
    )


def _words(units: Sequence[Annotated]) -> int:
    return sum(len(unit.words) for unit in units)


def _is_concrete(unit: Annotated) -> bool:
    return unit.numbers > 0 or unit.entities > 0


def _mean(weighed: Sequence[tuple[float, int]], default: float) -> float:
    total = sum(weight for _, weight in weighed)
    return round(fsum(value * weight for value, weight in weighed) / total, 4) if total else default
