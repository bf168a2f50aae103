"""What does a rating say, and which number stands for it?

NE (not enough evidence) is no number to a person. The machine's NE means "not found", which is
what a person calls absent, so it stands for level 1 where levels are compared as numbers. Every
figure is also given without the pairs in which either side says NE. NA (does not apply) is never
a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from apps.content.types import RubricPack

NE: Final = "NE"
NA: Final = "NA"
NUMBERS: Final = (1, 2, 3, 4)
SCALE: Final = (NE, *NUMBERS)  # the rows and columns of a confusion matrix

Level: TypeAlias = int | str  # one of NUMBERS, NE or NA
Levels: TypeAlias = Mapping[str, Level]  # by criterion id


@dataclass(frozen=True, slots=True)
class RatedSession:
    """One design as the machine and people rated it. people: levels by the rater's name."""

    name: str
    machine: Levels
    people: Mapping[str, Levels]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ratings of one criterion in one session; the reference is a person's."""

    session: str
    criterion: str
    reference: Level
    other: Level

    @property
    def is_rated(self) -> bool:
        """Whether both sides gave a level or NE: what does not apply is not compared."""
        return NA not in (self.reference, self.other)

    @property
    def is_numeric(self) -> bool:
        return isinstance(self.reference, int) and isinstance(self.other, int)


def as_number(level: Level) -> int:
    """Raises ValueError for NA."""
    if isinstance(level, int):
        return level
    if level == NE:
        return 1
    raise ValueError(f"{level} is no number")


def levels_of(reply: Any) -> dict[str, Level]:
    """By criterion id, from the reply of an engine: the level, or the state where there is none."""
    rows = [row for step in reply["steps"].values() for row in step["criteria"]]
    return {row["id"]: row["level"] or row["state"] for row in rows}


def step_of(rubric: RubricPack) -> dict[str, str]:
    """The step of every criterion of the steps; those across them are left to people."""
    criteria: Any = rubric.data["criteria"]
    return {item["id"]: item["step"] for item in criteria if item["step"] is not None}
