"""What the rows of a debrief or a report are called, and what they weigh."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.content.types import RubricPack
from apps.interviews.domain.finding import flow_of, rubric_of
from apps.interviews.enums import StepState
from apps.interviews.models import Interview

STATE_NAMES = {
    StepState.NOT_REACHED: "Not reached",
    StepState.IN_PLAY: "",
    StepState.DEEP_DIVE: "Deep dive",
    StepState.SKIPPED_BY_INTERVIEWER: "Skipped",
    StepState.SKIPPED_BY_CANDIDATE: "Skipped by the candidate",
}


@dataclass(frozen=True)
class Item:
    """A step or criterion. number: of its step; 0 across the session."""

    id: str
    name: str
    number: int
    weight: float
    step: str
    is_step: bool
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    rubric: RubricPack
    items: Mapping[str, Item]
    bands: Mapping[str, str]  # id -> "Yes"
    ranges: Mapping[str, str]  # id -> "2.7 to 3.39"
    multipliers: Mapping[str, float]
    cross_share: float

    @property
    def steps(self) -> list[Item]:
        return [item for item in self.items.values() if item.is_step]

    def criteria_of(self, step: str) -> list[Item]:
        return [item for item in self.items.values() if not item.is_step and item.step == step]

    def name_of(self, item: str) -> str:
        return self.items[item].name if item in self.items else item


def words_of(interview: Interview) -> Words:
    pack = rubric_of(interview.design)
    data: Any = pack.data
    bands = sorted(data["bands"], key=lambda band: -band["least"])
    return Words(
        rubric=pack,
        items={item.id: item for item in (*_steps(interview, data), *_criteria(data))},
        bands={band["id"]: band["name"] for band in bands},
        ranges=_ranges(bands),
        multipliers={key: float(row["multiplier"]) for key, row in data["statuses"].items()},
        cross_share=float(data["cross_step"]["share"]),
    )


def _steps(interview: Interview, data: Any) -> list[Item]:
    weights = {step["id"]: float(step["weight"]) for step in data["steps"]}
    return [
        Item(step.id, step.name, step.number, weights.get(step.id, 0.0), step.id, True)
        for step in flow_of(interview.design).steps
    ]


def _criteria(data: Any) -> list[Item]:
    numbers = {step["id"]: step["number"] for step in data["steps"]}
    return [
        Item(
            id=row["id"],
            name=row["label"],
            number=numbers.get(row["step"], 0),
            weight=float(row["weight"]),
            step=row["step"] or "",
            is_step=False,
            anchors=tuple(row["anchors"]),
        )
        for row in data["criteria"]
    ]


def _ranges(bands: list[Any]) -> dict[str, str]:
    """The least and the most of each, as two figures show them."""
    tops = [4.0, *(band["least"] - 0.01 for band in bands)]
    return {
        band["id"]: f"{band['least']:.3g} to {top:.3g}"
        for band, top in zip(bands, tops, strict=False)
    }
