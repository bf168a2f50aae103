"""Which texts is the engine judged on, and what does it give them?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from apps.content import registry
from apps.core.json import JsonObject
from apps.designs.document.validation import parse
from apps.scoring.domain.engines import engine, given_for
from tests.scoring.documents import STEPS

HERE: Final = Path(__file__).parent

Notes = Mapping[str, str]


@dataclass(frozen=True)
class Design:
    """Answers to one problem: notes by step, at each of three levels; bad ones for a start."""

    name: str
    problem: Mapping[str, str]
    steps: Mapping[str, Mapping[str, str]]

    def notes(self, level: str) -> dict[str, str]:
        return {step: levels[level] for step, levels in self.steps.items() if level in levels}


@cache
def designs() -> tuple[Design, ...]:
    return tuple(_design(path) for path in sorted((HERE / "designs").glob("*.yaml")))


@cache
def texts(name: str) -> Any:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def step_scores(design: Design, notes: Notes) -> dict[str, float]:
    """What each step of these notes is given, 0 to 100. Each text is scored once a process."""
    return _step_scores(design.name, tuple(notes.items()))


def step_score(design: Design, step: str, text: str) -> float:
    return step_scores(design, {step: text})[step]


def total(design: Design, notes: Notes) -> float:
    """The plain mean over the steps, as a total asks for more than one step."""
    scores = step_scores(design, notes)
    return sum(scores.values()) / len(scores)


def document(design: Design, notes: Notes) -> JsonObject:
    return {
        "format": "ninestep/design",
        "version": 1,
        "problem": dict(design.problem),
        "steps": [{"id": step, "notes": notes.get(step, "")} for step in STEPS],
        "board": {},
    }


@cache
def _step_scores(name: str, notes: tuple[tuple[str, str], ...]) -> dict[str, float]:
    """By words alone, whatever is installed. Other steps are left out: most texts are of one."""
    design = next(design for design in designs() if design.name == name)
    parsed = parse(document(design, dict(notes)))
    scoring = engine().start(parsed, *given_for(parsed))
    results: dict[str, Any] = {step: scoring.score_step(step)["result"] for step, _ in notes}
    return {step: float(result["score"] or 0) for step, result in results.items()}


def _design(path: Path) -> Design:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Design(path.stem, _problem(data["problem"]), data["steps"])


def _problem(named: str | dict[str, str]) -> dict[str, str]:
    if isinstance(named, dict):
        return named
    problem = registry.problem(named)
    return {"id": problem.id, "title": problem.title, "prompt": problem.prompt}
