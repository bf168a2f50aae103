"""Does the text speak of its step, and the design of its problem? What strays keeps less."""

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
# A design is on its problem when this share of all units names something of the problem.
ON_PROBLEM: Final = 0.25
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
    """named of the units name something of the problem, a share of them; value: what is kept."""

    units: int
    named: int
    share: float
    expected: float
    value: float


def entities_of(problem: str, rubric: Rubric, shared_stems: Iterable[str]) -> frozenset[str]:
    """The things of the problem: its words without those that any design would use."""
    common = rubric.hollow.union(map(stem, ANYWHERE), shared_stems)
    return frozenset(
        word for word in content_stems(problem) if word not in common and len(word) > 2
    )


def problem_fit(units: Iterable[Annotated], entities: frozenset[str]) -> Fit:
    """1 for a design that speaks of its problem, less for one that could be of any other."""
    telling = [unit for unit in units if len(unit.words) >= TELLING_WORDS]
    named = sum(unit.entities > 0 for unit in telling)
    expected = ON_PROBLEM * min(1.0, len(entities) / MANY_ENTITIES)
    if not telling or not entities:
        return Fit(len(telling), named, 0.0, expected, 1.0)
    share = named / len(telling)
    kept = OFF_PROBLEM_KEEPS + (1 - OFF_PROBLEM_KEEPS) * min(1.0, share / expected)
    return Fit(len(telling), named, share, expected, _in_doubt(kept, len(telling)))


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
