"""What does the engine give a text, by one set of channels? Each text is scored once a process."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from apps.content import registry
from apps.core.json import JsonObject
from apps.designs.document.validation import parse
from apps.scoring.domain.engines import engine, given_for, vectors
from apps.scoring.engine.interface import Scoring, Vectors
from tests.scoring.evaluation.kept_vectors import kept_vectors

LEXICAL: Final = "lexical"
SEMANTIC: Final = "semantic"
# Both where the semantic channel is installed.
CHANNELS: Final = (LEXICAL, SEMANTIC) if vectors() else (LEXICAL,)


def step_points(channels: str, problem: str, notes: Mapping[str, str]) -> Mapping[str, float]:
    """0 to 100 for the notes of each step; all other steps and the board are empty."""
    return _points(channels, problem, tuple(notes.items()))


def reply_to(channels: str, document: JsonObject) -> Any:
    """The engine's whole reply."""
    return start(channels, document).reply()


def start(channels: str, document: JsonObject) -> Scoring:
    parsed = parse(document)
    return engine().start(parsed, *given_for(parsed), vectors_of(channels))


def vectors_of(channels: str) -> Vectors | None:
    """What the engine needs for these channels."""
    if channels not in CHANNELS:
        raise ValueError(f'"{channels}" is none of {", ".join(CHANNELS)}')
    return kept_vectors() if channels == SEMANTIC else None


@cache
def _points(channels: str, problem: str, notes: tuple[tuple[str, str], ...]) -> dict[str, float]:
    """Of these steps alone: most cases are about one of nine."""
    scoring = start(channels, document_of(problem, dict(notes)))
    results: dict[str, Any] = {step: scoring.score_step(step)["result"] for step, _ in notes}
    return {step: float(result["score"] or 0) for step, result in results.items()}


def document_of(problem_id: str, notes: Mapping[str, str]) -> JsonObject:
    problem = registry.problem(problem_id)
    flow = registry.flow(problem.flow)
    return {
        "format": "ninestep/design",
        "version": 1,
        "problem": {"id": problem.id, "title": problem.title, "prompt": problem.prompt},
        "steps": [{"id": step.id, "notes": notes.get(step.id, "")} for step in flow.steps],
        "board": {},
    }
