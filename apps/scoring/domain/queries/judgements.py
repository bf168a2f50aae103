"""What does an interviewer's screen need to show of the judge? Its consent, its results."""

from typing import Any

from apps.core.json import Json, JsonObject
from apps.core.permissions import Action
from apps.designs.models import DesignSession
from apps.designs.rules import Access, can
from apps.scoring.domain.judging.consent import configured, consent_that_holds
from apps.scoring.judge.wording import of_dropped, of_note
from apps.scoring.models import Judgement


def consent_json(design: DesignSession, access: Access) -> JsonObject:
    endpoint = configured()
    consent = consent_that_holds(design, endpoint)
    return {
        "available": endpoint is not None,
        "host": endpoint.host if endpoint else None,
        "model": endpoint.model if endpoint else None,
        "given": consent is not None,
        "by": consent.given_by_name if consent else None,
        "at": consent.given_at.isoformat() if consent else None,
        "may_change": can(access, Action.MANAGE_SESSION),
    }


def judgement_json(judgement: Judgement) -> JsonObject:
    """Without the raw answers, which are kept for whoever has to look into one."""
    steps: dict[str, Any] = judgement.steps
    ended = judgement.finished_at
    return {
        "id": str(judgement.id),
        "run": str(judgement.run_id),
        "status": judgement.status,
        "reason": judgement.reason,
        "host": judgement.host,
        "model": judgement.model,
        "prompt_sha256": judgement.prompt_sha256,
        "seed": judgement.seed,
        "duration_ms": sum(one["duration_ms"] for one in steps.values()) if ended else None,
        "created_at": judgement.created_at.isoformat(),
        "finished_at": ended.isoformat() if ended else None,
        "done": len(steps),
        "total": judgement.total_steps,
        "flagged": sum(row["flagged"] for one in steps.values() for row in one["criteria"]),
        "steps": {id_: _step_json(one) for id_, one in steps.items()},
    }


def _step_json(step: Any) -> JsonObject:
    return {
        "state": step["state"],
        "note": step["note"],
        "text": of_note(step["state"], step["note"]),
        "duration_ms": step["duration_ms"],
        "votes": len(step["votes"]),
        "criteria": [_criterion_json(row) for row in step["criteria"]],
    }


def _criterion_json(row: Any) -> JsonObject:
    dropped: list[Json] = [{**one, "text": of_dropped(one["reason"])} for one in row["dropped"]]
    return {**row, "dropped": dropped}
