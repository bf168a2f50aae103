"""What does an interviewer's screen need to show the last score? The run, the rubric's words."""

from typing import Any

from apps.content.types import RubricPack
from apps.core.json import JsonObject
from apps.designs.models import DesignSession
from apps.scoring.domain.materials import rubric_pinned_by
from apps.scoring.domain.queries.agreement import agreement_label
from apps.scoring.domain.runs import latest_run
from apps.scoring.models import ScoreRun


def latest_for_interviewer(design: DesignSession) -> JsonObject:
    """`{"run": …, "scored": …, "rubric": …, "validation": …}`; run is null before the first one.

    scored: the last run with a result, where that is another one. The caller checks the access.
    Only runs by the rubric that it goes by now: it may have switched its flow since another one.
    """
    rubric = rubric_pinned_by(design)
    run = latest_run(design, rubric.id)
    scored = None if run is None or run.result else _last_done(design, rubric.id)
    return {
        "run": run_json(run) if run else None,
        "scored": run_json(scored) if scored else None,
        "rubric": rubric_json(rubric),
        "validation": agreement_label(rubric, scored or run),
    }


def _last_done(design: DesignSession, rubric_id: str) -> ScoreRun | None:
    done = ScoreRun.objects.filter(design=design, rubric_id=rubric_id, status="done")
    return done.order_by("-created_at").first()


def run_json(run: ScoreRun, *, has_trace: bool = False) -> JsonObject:
    """has_trace: with how each figure came about, which is several times the rest."""
    return {
        "id": str(run.id),
        "status": run.status,
        "seq": run.seq,
        "done": run.done_steps,
        "total": run.total_steps,
        "reason": run.reason,
        "rubric": {"id": run.rubric_id, "version": run.rubric_version},
        "engine": {"id": run.engine_id, "version": run.engine_version},
        "channels": [*run.channels.split("+")],
        "model": run.model_sha256 or None,
        "input_hash": run.input_hash,
        "created_at": run.created_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "result": run.result if has_trace else _without_trace(run.result),
    }


def _without_trace(result: JsonObject | None) -> JsonObject | None:
    return result and {key: value for key, value in result.items() if key != "trace"}


def rubric_json(pack: RubricPack) -> JsonObject:
    """Names, weights, anchors and hints; the cues the engine looks for stay on the server."""
    data: Any = pack.data
    return {
        "id": pack.id,
        "version": pack.version,
        "name": data["name"],
        "levels": data["levels"],
        "bands": data["bands"],
        "steps": [_step_json(step, data["criteria"]) for step in data["steps"]],
        "across": [_criterion_json(item) for item in data["criteria"] if item["step"] is None],
    }


def _step_json(step: Any, criteria: Any) -> JsonObject:
    return {
        "id": step["id"],
        "number": step["number"],
        "weight": step["weight"],
        "criteria": [_criterion_json(item) for item in criteria if item["step"] == step["id"]],
    }


def _criterion_json(item: Any) -> JsonObject:
    return {
        "id": item["id"],
        "name": item["label"],
        "weight": item["weight"],
        "by": item["by"],
        "question": item["ask"],
        "anchors": item["anchors"],
        "hint": item.get("hint", {}),
    }
