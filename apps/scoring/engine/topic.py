"""Does a step's text speak of its step, and of the problem? What strays keeps less.

Each step is judged by its own lines. A design that is on its problem elsewhere lends its step the
benefit of the doubt and no more, so that what stands in one step hardly moves another.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from apps.scoring.engine.annotate import Annotated
from apps.scoring.engine.quality import step_weights
from apps.scoring.engine.rubric import Rubric, Step
from apps.scoring.engine.words import content_stems, stem

# A step is on its topic when this share of its units speaks of it ...
ON_TOPIC: Final = 0.3
# ... and its text is at home there when it speaks of it nearly as much as of any other step.
AT_HOME: Final = 0.8
ELSEWHERE: Final = 0.4
MISPLACED_KEEPS: Final = 0.3
# A step is on its problem when this share of its units names something of the problem ...
ON_PROBLEM: Final = 0.25
# ... where so many more are taken to be there, and so many of them to name something.
DOUBTED_UNITS, DOUBTED_NAMED = 2, 0.5
# So many units more are taken to be like those of the other steps, up to the expected share.
ELSEWHERE_UNITS: Final = 8
# A statement that names fewer things than this can be met less often.
MANY_ENTITIES: Final = 10
OFF_PROBLEM_KEEPS: Final = 0.45
# Few units hardly tell what they are about: so many more are taken to be on the topic.
BENEFIT_OF_DOUBT: Final = 1
# Shorter units do not tell what they are about.
TELLING_WORDS: Final = 4
# Words of a problem statement that any other could hold too.
ANYWHERE: Final = [
    "user",
    "people",
    "find",
    "set",
    "hour",
    "day",
    "week",
    "month",
    "minute",
    "second",
]


@dataclass(frozen=True, slots=True)
class Fit:
    """named of the units name something of the problem; like_others: units that are taken to be as
    those of the other steps, elsewhere: the share of these that does. share: of all, with the doubt
    in favour of few; value: what is kept."""

    units: int
    named: int
    like_others: int
    elsewhere: float
    share: float
    expected: float
    value: float


def entities_of(problem: str, rubric: Rubric, shared_stems: Iterable[str]) -> frozenset[str]:
    """The things of the problem: its words without those that any design would use."""
    common = rubric.hollow.union(map(stem, ANYWHERE), shared_stems)
    return frozenset(
        word for word in content_stems(problem) if word not in common and len(word) > 2
    )


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the other steps tell: a share of so many units names something of the problem."""

    units: int = 0
    share: float = 0.0


def named_elsewhere(units: Iterable[Annotated], entities: frozenset[str]) -> Elsewhere:
    """units: of the other steps. The same for all designs that are on their problem there."""
    telling, named = _named(units)
    share = min(_expected(entities), named / telling) if telling else 0.0
    return Elsewhere(min(telling, ELSEWHERE_UNITS), round(share, 4))


def problem_fit(units: Iterable[Annotated], entities: frozenset[str], elsewhere: Elsewhere) -> Fit:
    """1 for a step that speaks of its problem, less for one that could be of any other."""
    telling, named = _named(units)
    expected = _expected(entities)
    if not telling or not entities:
        return Fit(telling, named, 0, 0.0, 0.0, expected, 1.0)
    seen = telling + DOUBTED_UNITS + elsewhere.units
    share = round((named + DOUBTED_NAMED + elsewhere.units * elsewhere.share) / seen, 4)
    kept = OFF_PROBLEM_KEEPS + (1 - OFF_PROBLEM_KEEPS) * min(1.0, share / expected)
    return Fit(telling, named, elsewhere.units, elsewhere.share, share, expected, round(kept, 4))


def _named(units: Iterable[Annotated]) -> tuple[int, int]:
    """How many units tell what they are about, and how many of them name a thing of the problem."""
    telling = [unit for unit in units if len(unit.words) >= TELLING_WORDS]
    return len(telling), sum(unit.entities > 0 for unit in telling)


def _expected(entities: frozenset[str]) -> float:
    return ON_PROBLEM * min(1.0, len(entities) / MANY_ENTITIES)


def focus(step: Step, units: Iterable[Annotated], rubric: Rubric) -> float:
    """1 when the step's units speak of it, less when they are about something else."""
    weights = [step_weights(unit, rubric) for unit in units if len(unit.words) >= TELLING_WORDS]
    return _in_doubt(_on_topic(step, weights, rubric), len(weights))


def _on_topic(step: Step, weights: list[dict[str, float]], rubric: Rubric) -> float:
    if not weights:
        return 1.0
    share = sum(weight.get(step.id, 0) >= 0.5 for weight in weights) / len(weights)
    return min(1.0, share / ON_TOPIC) * _belonging(step, weights, rubric)


def _in_doubt(share: float, units: int) -> float:
    return (share * units + BENEFIT_OF_DOUBT) / (units + BENEFIT_OF_DOUBT)


def _belonging(step: Step, weights: list[dict[str, float]], rubric: Rubric) -> float:
    """1 for text that belongs to this step, less for another step's text in its place."""
    totals = {
        one.id: math.fsum(weight.get(one.id, 0.0) for weight in weights)
        / math.sqrt(len(one.criteria))
        for one in rubric.steps
    }
    own = totals.pop(step.id)
    ratio = own / max(totals.values()) if any(totals.values()) else 1.0
    share = (ratio - ELSEWHERE) / (AT_HOME - ELSEWHERE)
    return MISPLACED_KEEPS + (1 - MISPLACED_KEEPS) * min(1.0, max(0.0, share))
