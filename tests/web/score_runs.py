"""Finished runs for the pages about scores: small results with a trace, written by hand."""

from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from apps.content import registry
from apps.core.json import JsonObject
from apps.designs.models import DesignSession
from apps.scoring.models import ScoreRun
from tests.scoring.documents import make_document

NOTES: Final = "Offline: ROC AUC, because classes are balanced.\nWe measure quality.\n"
FIRST, SECOND = NOTES.splitlines()


def make_result(total: float | None = 61.4, **step_scores: float) -> dict[str, Any]:
    """One criterion of the metrics step at level 3, with one line that counted and one that did
    not."""
    steps = {name.replace("_", "-"): score for name, score in step_scores.items()}
    scores = steps or {"metrics": 62.0}
    return {
        "rubric": {"id": "ml-9-step", "version": registry.rubric().version},
        "engine": {"id": "lexical", "version": "1.2.0"},
        "channels": ["lexical"],
        "overall": {"score": total, "band": "thin" if total is None else "yes", "coverage": 0.5},
        "steps": {step: _step(score) for step, score in scores.items()},
        "findings": [],
    }


def with_trace(result: dict[str, Any]) -> dict[str, Any]:
    return {**result, "trace": _trace()}


def make_run(
    design: DesignSession, result: dict[str, Any] | None = None, **fields: Any
) -> ScoreRun:
    pack = registry.rubric()
    values: dict[str, Any] = {
        "seq": 7,
        "document": make_document({"metrics": NOTES}),
        "rubric_id": pack.id,
        "rubric_version": pack.version,
        "rubric_sha256": pack.sha256,
        "engine_id": "lexical",
        "engine_version": "1.2.0",
        "status": ScoreRun.Status.DONE,
        "total_steps": 9,
        "result": result or with_trace(make_result()),
        "finished_at": timezone.now(),
    }
    return ScoreRun.objects.create(design=design, **{**values, **fields})


def finish_at(run: ScoreRun, moment: datetime) -> None:
    ScoreRun.objects.filter(id=run.id).update(created_at=moment, finished_at=moment)


def _step(score: float) -> JsonObject:
    return {
        "score": score,
        "confidence": 0.7,
        "status": "in_play",
        "criteria": [
            {
                "id": "me.offline",
                "level": 3,
                "state": "scored",
                "confidence": 0.75,
                "summary": "It is worked out for this design.",
                "evidence": [
                    {"source": "notes", "step": "metrics", "start": 0, "end": 47, "quote": FIRST}
                ],
                "missing": ["Which metric would mislead?"],
                "rules": [],
                "guards": [
                    {
                        "reason": "NO_SPECIFICS",
                        "step": "metrics",
                        "start": 48,
                        "end": 67,
                        "quote": SECOND,
                    }
                ],
                "doubts": ["GUARDED"],
            }
        ],
    }


def _trace() -> JsonObject:
    return {
        "rubric": {"id": "ml-9-step", "version": "2.0.0", "sha256": "0" * 64},
        "engine": {"id": "lexical", "version": "1.2.0"},
        "channels": ["lexical"],
        "model": None,
        "steps": {
            "metrics": {
                "units": [
                    _unit(0, 0, 47, quality=1.0, names=1, reason=True),
                    _unit(1, 48, 67, quality=0.3, guard="NO_SPECIFICS"),
                ],
                "criteria": {"me.offline": _criterion()},
                "mean": 0.8,
                "focus": 1.0,
                "problem": {
                    "units": 2,
                    "named": 0,
                    "like_others": 0,
                    "elsewhere": 0.0,
                    "share": 0.125,
                    "expected": 0.25,
                    "value": 0.83,
                },
                "fit": 0.83,
                "score": 62.0,
                "sum": "100 × 0.80 × 1.00 × 0.83 = 62.0",
            }
        },
        "overall": {
            "steps": [
                {"id": "metrics", "score": 62.0, "weight": 10, "multiplier": 1, "share": 1.0}
            ],
            "caps": [{"rule": "Nothing is found in model", "limit": 50.0}],
            "score": 50.0,
            "band": "no",
        },
    }


def _unit(
    number: int,
    start: int,
    end: int,
    quality: float,
    names: int = 0,
    reason: bool = False,
    guard: str | None = None,
) -> JsonObject:
    return {
        "n": number,
        "start": start,
        "end": end,
        "quality": quality,
        "guards": [{"reason": guard, "factor": quality}] if guard else [],
        "figures": 0,
        "names": names,
        "entities": 0,
        "reason": reason,
        "negated": False,
    }


def _criterion() -> JsonObject:
    return {
        "reading": {
            "base": 1.6,
            "ease": 0.1,
            "terms": [
                {"what": "sides", "count": 2, "each": 0.16},
                {"what": "counting", "count": 0.5, "each": 1.8},
            ],
            "value": 2.92,
        },
        "confidence": {"margin": 1.0, "agreement": 0.9, "quality": 0.83},
        "evidence": [
            {
                "unit": 0,
                "facet": "ranking-metric",
                "role": "core",
                "channel": "lexical",
                "matched": "ROC AUC",
                "similarity": None,
                "strength": 0.85,
                "counted": True,
                "why": "",
            },
            {
                "unit": 1,
                "facet": "ranking-metric",
                "role": "core",
                "channel": "semantic",
                "matched": "We want a number for quality",
                "similarity": 0.51,
                "strength": 0.4,
                "counted": False,
                "why": "NO_SPECIFICS",
            },
        ],
        "board": [],
        "rules": [
            {"level": 2, "by": "notes", "met": True, "text": "A valid line for the core"},
            {"level": 4, "by": "notes", "met": False, "text": "A figure of this problem"},
        ],
        "parts": {"foot": 0.55, "span": 0.24, "within": 0.6, "trust": 0.95, "substance": 1.0},
        "value": 0.6593,
        "weight": 3,
        "level": 3,
        "state": "scored",
    }
