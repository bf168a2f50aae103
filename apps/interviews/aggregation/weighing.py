"""How much does each step and criterion weigh, by the rubric, the preset and what was played?

Figures are fractions: 0.85 of a pack is 85/100, so that no total misses its band by a rounding.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Final

DEFAULT: Final = "default"
EQUAL: Final = "equal"
NOT_REACHED: Final = "not_reached"
# A criterion of this weight is the heart of its step; at level 1 it is named, whatever the total.
HEAVY: Final = 3
# What a rubric means that leaves these rules out.
UNSAID: Final[Mapping[str, Any]] = {"least_rated": 0.5, "debrief_from": 2, "unanswered": 1}
_DIVE: Final = "deep_dive"
_IN_PLAY: Final = "in_play"

Data = Mapping[str, Any]
States = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WeighedCriterion:
    """is_heavy: by the rubric, whatever the preset."""

    id: str
    weight: Fraction
    is_heavy: bool


@dataclass(frozen=True, slots=True)
class WeighedStep:
    """covers: its weight by the rubric, whatever the preset, for coverage is what was looked at.
    unanswered: level of a criterion that was asked about and not answered; None where the state
    of the step gives none."""

    id: str
    state: str
    weight: Fraction
    covers: Fraction
    multiplier: Fraction
    unanswered: int | None
    criteria: tuple[WeighedCriterion, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """cross: the criteria across the session, as one more step that has no state."""

    preset: str
    steps: tuple[WeighedStep, ...]
    cross: WeighedStep
    cross_share: Fraction
    largest_share: Fraction
    least_coverage: Fraction
    least_rated: Fraction
    needs: Data
    bands: tuple[tuple[str, Fraction], ...]
    debrief_from: int

    @property
    def whole(self) -> Fraction:
        """What all steps cover."""
        return sum((step.covers for step in self.steps), Fraction(0))


def weigh(rubric: Data, states: States, preset: str) -> Weighing:
    """states: of the steps that have one; the others were not reached. Raises KeyError for a preset
    or a state that the rubric does not know."""
    rules = rubric["overall"]
    return Weighing(
        preset,
        tuple(_steps(rubric, states, preset)),
        _cross(rubric, preset),
        exact(rubric["cross_step"]["share"]),
        exact(rules["largest_share"]),
        exact(rules["least_coverage"]),
        exact(rules.get("least_rated", UNSAID["least_rated"])),
        rules["needs"],
        tuple((band["id"], exact(band["least"])) for band in rubric["bands"]),
        rules.get("debrief_from", UNSAID["debrief_from"]),
    )


@cache
def exact(number: float) -> Fraction:
    """The number as it is written: 0.35 is 35/100, not the nearest binary fraction."""
    return Fraction(str(number))


def _steps(rubric: Data, states: States, preset: str) -> Iterator[WeighedStep]:
    same = rubric["presets"][preset].get("step_weight")
    counted = _counted(rubric, states)
    for step in rubric["steps"]:
        state = counted[step["id"]]
        status = rubric["statuses"][state]
        yield WeighedStep(
            step["id"],
            states.get(step["id"], NOT_REACHED),
            exact(step["weight"] if same is None else same),
            exact(step["weight"]),
            _multiplier(rubric["statuses"], state, is_same=same is not None),
            _unanswered(state, status),
            tuple(_criteria(rubric, step["id"], status.get("heavy_weight"), preset)),
        )


def _counted(rubric: Data, states: States) -> dict[str, str]:
    """By which state each step counts: a deep dive too many is a step like others."""
    at_most = rubric["statuses"][_DIVE].get("at_most", len(rubric["steps"]))
    counted, dives = {}, 0
    for step in rubric["steps"]:
        state = states.get(step["id"], NOT_REACHED)
        dives += state == _DIVE
        counted[step["id"]] = _IN_PLAY if state == _DIVE and dives > at_most else state
    return counted


def _multiplier(statuses: Data, state: str, *, is_same: bool) -> Fraction:
    """is_same: the preset lets every step that was played count alike, deep dives too."""
    own = exact(statuses[state]["multiplier"])
    return min(own, exact(statuses[_IN_PLAY]["multiplier"])) if is_same else own


def _unanswered(state: str, status: Data) -> int | None:
    if state != "skipped_by_candidate":
        return None
    level: int = status.get("unanswered", UNSAID["unanswered"])
    return level


def _cross(rubric: Data, preset: str) -> WeighedStep:
    one = Fraction(1)
    criteria = tuple(_criteria(rubric, None, None, preset))
    return WeighedStep(rubric["cross_step"]["prefix"], _IN_PLAY, one, one, one, None, criteria)


def _criteria(
    rubric: Data, step: str | None, heavy_weight: float | None, preset: str
) -> Iterator[WeighedCriterion]:
    same = rubric["presets"][preset].get("criterion_weight")
    for item in rubric["criteria"]:
        if item["step"] != step:
            continue
        is_heavy = item["weight"] == HEAVY
        weight = heavy_weight if heavy_weight and is_heavy else item["weight"]
        yield WeighedCriterion(item["id"], exact(weight if same is None else same), is_heavy)
