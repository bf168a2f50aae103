"""Where in the content is each point of an outline? The table of the coverage page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from apps.content import registry
from apps.content.loader import Data

DEFAULT_COVERAGE: Final = "seed"
KINDS_OF_COVER: Final = ("prompts", "criteria", "components", "problems", "drills")


@dataclass(frozen=True)
class Named:
    """A thing of the content and what people call it."""

    id: str
    name: str


@dataclass(frozen=True)
class Row:
    """One point of the outline, its first and last line there, and what covers it."""

    id: str
    first_line: int
    last_line: int
    about: str
    prompts: tuple[Named, ...]
    criteria: tuple[Named, ...]
    components: tuple[Named, ...]
    problems: tuple[Named, ...]
    drills: tuple[Named, ...]


@dataclass(frozen=True)
class Part:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Addition:
    """What the content has beyond the outline, and why. kind: prompts or criteria."""

    kind: str
    thing: Named
    reason: str


@dataclass(frozen=True)
class Coverage:
    """lines: how many the outline has; each of them is in one row."""

    name: str
    lines: int
    parts: tuple[Part, ...]
    additions: tuple[Addition, ...]


@cache
def coverage_of(coverage_id: str = DEFAULT_COVERAGE) -> Coverage:
    """Raises NotFound."""
    pack = registry.pack("coverage", coverage_id)
    names = names_to_cover_with(pack.document)
    return Coverage(
        pack.document["name"],
        pack.document["lines"],
        tuple(
            Part(part["name"], tuple(_row(bullet, names) for bullet in part["bullets"]))
            for part in pack.document["parts"]
        ),
        tuple(
            Addition(kind, Named(item["id"], names[kind][item["id"]]), item["reason"])
            for kind, items in pack.document["additions"].items()
            for item in items
        ),
    )


def _row(bullet: Data, names: Mapping[str, Mapping[str, str]]) -> Row:
    first, last = bullet["lines"]
    cover = {
        kind: tuple(Named(id_, names[kind][id_]) for id_ in bullet.get(kind, ()))
        for kind in KINDS_OF_COVER
    }
    return Row(bullet["id"], first, last, bullet["about"], **cover)


def names_to_cover_with(document: Data) -> dict[str, dict[str, str]]:
    """What there is to name: ids and names, by kind."""
    flow = registry.flow(document["flow"])
    criteria: Any = registry.rubric(document["rubric"]).data["criteria"]
    return {
        "prompts": {prompt.id: prompt.title for step in flow.steps for prompt in step.prompts},
        "criteria": {criterion["id"]: criterion["label"] for criterion in criteria},
        "components": {
            component.id: component.name
            for component in registry.catalogue(document["catalogue"]).components
        },
        "problems": {problem.id: problem.title for problem in registry.problems()},
        "drills": {drill.id: drill.title for drill in registry.drills()},
    }
