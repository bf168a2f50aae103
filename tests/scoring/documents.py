"""Design documents for the tests: the worked answers, and small boards."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse
from apps.scoring.domain.engines import LexicalEngine, given_for
from apps.scoring.engine.score import LexicalScoring

ANSWERS = Path(__file__).parent / "answers"
STEPS = (
    "problem-formulation",
    "metrics",
    "architecture",
    "data",
    "features",
    "model",
    "prediction-service",
    "online-testing",
    "scaling-monitoring",
)


@cache
def answers(name: str = "rec-video") -> Any:
    return yaml.safe_load((ANSWERS / f"{name}.yaml").read_text(encoding="utf-8"))


def answer(step: str, level: str) -> str:
    return str(answers()["steps"][step][level])


def all_of(level: str) -> dict[str, str]:
    return {step: levels[level] for step, levels in answers()["steps"].items()}


def make_document(
    notes: dict[str, str] | None = None,
    board: dict[str, Any] | None = None,
    statuses: dict[str, str] | None = None,
    problem: dict[str, str] | None = None,
) -> DesignDocument:
    """A valid document on the problem of the worked answers; the rest takes its default."""
    worked = answers()
    notes, statuses = notes or {}, statuses or {}
    return parse(
        {
            "format": "ninestep/design",
            "version": 1,
            "id": "5f0c6f0e-6a5b-4a51-9d4b-2f6f2f3c8d11",
            "title": "A design",
            "created_at": "2026-11-01T10:00:00Z",
            "updated_at": "2026-11-01T11:00:00Z",
            "flow": {"id": "ml-9-step", "version": "1.0.0"},
            "problem": problem
            or {
                "id": worked["problem"],
                "version": "1.0.0",
                "title": worked["title"],
                "prompt": worked["prompt"],
            },
            "steps": [
                {
                    "id": step,
                    "number": number,
                    "status": statuses.get(step, "in_play"),
                    "notes": notes.get(step, ""),
                }
                for number, step in enumerate(STEPS, start=1)
            ],
            "board": board or {},
        }
    )


def make_board(
    types: dict[str, str], arrows: str, names: dict[str, str] | None = None
) -> dict[str, Any]:
    """types: id -> component type. arrows: "a>b request: label; b>c data"."""
    names = names or {}
    return {
        "components": [
            {"id": id_, "type": type_, "name": names.get(id_, type_.replace("-", " ").capitalize())}
            for id_, type_ in types.items()
        ],
        "connections": [
            _connection(index, arrow)
            for index, arrow in enumerate(arrows.split(";"))
            if arrow.strip()
        ],
    }


def _connection(index: int, arrow: str) -> dict[str, Any]:
    ends, _, rest = arrow.strip().partition(" ")
    source, target = ends.split(">")
    kind, _, label = rest.partition(":")
    return {
        "id": f"c{index}",
        "source": source,
        "target": target,
        "kind": kind.strip() or "request",
        "label": label.strip(),
    }


def score(document: DesignDocument) -> LexicalScoring:
    """By the rubric and problem that the folders have for it."""
    return LexicalEngine().start(document, *given_for(document))
