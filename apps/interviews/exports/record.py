"""Everything that an interview was judged by, as one JSON object: docs/debrief-and-reports.md.

Accommodations and addresses are no part of it.
"""

from datetime import datetime
from typing import Any, TypeAlias

from apps.core.errors import Conflict
from apps.core.permissions import Action
from apps.designs.rules import Access, check
from apps.interviews.domain.queries.panel_rows import Panel, panel_of
from apps.interviews.models import Interview, Rating, Revision, ScoreCard

FORMAT = "ninestep-record-1"
Record: TypeAlias = dict[str, Any]


def record_of(interview: Interview, access: Access) -> Record:
    """Raises Conflict before the asker may see what colleagues think."""
    check(access, Action.EXPORT_RECORD)
    panel = panel_of(interview, access)
    if not panel.sees_peers:
        raise Conflict("The record can be exported once your own score card is in.")
    return {
        "format": FORMAT,
        "interview": _interview(panel),
        "rubric": {"id": panel.words.rubric.id, "version": panel.words.rubric.version},
        "steps": [_step(row) for row in panel.rows],
        "cards": [_card(card) for card in _submitted(interview)],
        "panel": _panel(panel),
        "machine": _machine(panel) if panel.sees_machine else None,
        "notes": [
            {"item": note.item, "by": note.author_name, "text": note.text, "at": _iso(note.at)}
            for note in interview.debrief_notes.all()
        ],
        "decision": _decision(panel),
    }


def _interview(panel: Panel) -> Record:
    row, design = panel.interview, panel.interview.design
    return {
        "id": str(design.id),
        "title": design.title,
        "candidate": row.candidate_name,
        "position": row.position,
        "seniority": row.seniority,
        "problem": {"id": design.problem_id, "version": design.problem_version},
        "flow": {"id": design.flow_id, "version": design.flow_version},
        "preset": row.preset,
        "preset_reason": row.preset_reason,
        "started_at": _iso(row.started_at),
        "ended_at": _iso(row.ended_at),
        "elapsed_s": panel.elapsed_s,
    }


def _step(row: Any) -> Record:
    return {
        "id": row.id,
        "name": row.name,
        "state": row.state or "In play",
        "weight": row.weight,
        "planned_s": row.planned_s,
        "spent_s": row.spent_s,
    }


def _submitted(interview: Interview) -> Any:
    rows = interview.cards.filter(status=ScoreCard.Status.SUBMITTED, is_training=False)
    return rows.select_related("rater").prefetch_related("ratings__evidence", "revisions")


def _card(card: ScoreCard) -> Record:
    return {
        "rater": card.rater.name,
        "verdict": card.verdict,
        "verdict_reason": card.verdict_reason,
        "verdict_at": _iso(card.verdict_at),
        "submitted_at": _iso(card.submitted_at),
        "ratings": [_rating(rating) for rating in card.ratings.all()],
        "revisions": [_revision(revision) for revision in card.revisions.all()],
    }


def _rating(row: Rating) -> Record:
    return {
        "item": row.item,
        "kind": row.kind,
        "level": row.level,
        "state": row.state,
        "confidence": row.confidence,
        "reason": row.reason,
        "is_probed": row.is_probed,
        "evidence": [
            {"kind": one.kind, "pointer": one.pointer, "clock_s": one.clock_s}
            for one in row.evidence.all()
        ],
    }


def _revision(row: Revision) -> Record:
    return {
        "item": row.item,
        "before": row.level_before or row.state_before or None,
        "after": row.level_after or row.state_after or None,
        "reason": row.reason,
        "at": _iso(row.at),
    }


def _panel(panel: Panel) -> Record | None:
    result = panel.result
    if result is None:
        return None
    return {
        "total": result.total,
        "total_equal": result.total_equal,
        "band": result.band,
        "band_equal": result.band_equal,
        "flips": result.flips,
        "coverage": result.coverage,
        "raters": result.raters,
        "ones": result.ones,
        "why_no_total": result.why_no_total,
        "rows": [
            {"item": row.item, "mean": row.mean, "median": row.median, "spread": row.spread}
            for row in panel.interview.panel_steps.all()
        ],
    }


def _machine(panel: Panel) -> Record:
    return {"total": panel.machine_total, "is_validated": panel.is_validated}


def _decision(panel: Panel) -> Record | None:
    row = panel.decision
    if row is None:
        return None
    signed = row.sign_offs.select_related("participant")
    return {
        "verdict": row.verdict,
        "reason": row.reason,
        "by": row.by_name,
        "at": _iso(row.at),
        "signed_off": [{"by": one.participant.name, "at": _iso(one.at)} for one in signed],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
