"""What does a candidate get who asks for their data? One file, with one document for each kind.

`design.json` is a design document and can be imported again. Scores and the interviewers' notes
are data about the candidate too: the controller decides whether they are in.
"""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from apps.audit.domain import record
from apps.core.permissions import Role
from apps.designs.domain.exporting import file_text
from apps.designs.models import DesignSession
from apps.designs.rules import Access
from apps.interviews.models import Interview
from apps.rooms.domain.reading import current_document

MEDIA_TYPE = "application/zip"
# Fixed, so that equal data makes equal bytes.
MADE_AT = (1980, 1, 1, 0, 0, 0)
EVENT_FIELDS = ("seq", "at", "kind", "step", "amount", "text")
RATING_FIELDS = ("item", "kind", "level", "state", "confidence", "reason", "is_probed")
REVISION_FIELDS = ("item", "level_before", "state_before", "level_after", "state_after", "reason")
CONSENT_FIELDS = ("notice", "notice_sha256", "covers_scoring", "given_at", "withdrawn_at")
SETUP_FIELDS = (
    "position",
    "seniority",
    "candidate_name",
    "candidate_email",
    "scheduled_at",
    "started_at",
    "ended_at",
    "plan",
    "deep_dives",
    "preset",
    "brief",
)


@dataclass(frozen=True)
class Contents:
    """What the controller puts in beside the candidate's own work."""

    scores: bool = True
    notes: bool = False


def export_candidate(interview: Interview, by: Access, contents: Contents) -> bytes:
    """The zip. The caller has checked Action.ERASE, the right of a controller."""
    documents: dict[str, str] = {"design.json": file_text(current_document(interview.design)[0])}
    documents["interview.json"] = _written(_interview(interview))
    documents["consents.json"] = _written(_rows(interview.consents.all(), CONSENT_FIELDS))
    if contents.scores:
        documents["scores.json"] = _written(_scores(interview))
    if contents.notes:
        documents["notes.json"] = _written(_notes(interview))
    record(
        "candidate.exported",
        actor_id=by.participant_id,
        actor_name=by.name,
        design_id=interview.pk,
        organisation_id=interview.design.organisation_id,
        details={"scores": contents.scores, "notes": contents.notes},
    )
    return _zip(documents)


def _interview(interview: Interview) -> dict[str, Any]:
    design = interview.design
    return {
        **_row(interview, SETUP_FIELDS),
        "title": design.title,
        "problem": {"id": design.problem_id, "version": design.problem_version},
        "rubric": {"id": design.rubric_id, "version": design.rubric_version},
        "people": _people(design),
        "events": _rows(interview.events.all(), EVENT_FIELDS),
    }


def _people(design: DesignSession) -> list[dict[str, Any]]:
    """The candidate's row with times; of others only which role they had."""
    return [
        _row(person, ("name", "role", "joined_at"))
        if person.role == Role.CANDIDATE
        else {"role": person.role}
        for person in design.participants.all()
    ]


def _scores(interview: Interview) -> dict[str, Any]:
    result = getattr(interview, "result", None)
    decision = getattr(interview, "decision", None)
    return {
        "cards": [
            {
                **_row(card, ("verdict", "verdict_reason", "submitted_at")),
                "ratings": [
                    {
                        **_row(rating, RATING_FIELDS),
                        "evidence": _rows(rating.evidence.all(), ("kind", "pointer", "clock_s")),
                    }
                    for rating in card.ratings.all()
                ],
                "revisions": _rows(card.revisions.all(), REVISION_FIELDS),
            }
            for card in interview.cards.filter(status="submitted")
        ],
        "panel": _row(result, ("total", "band", "coverage", "raters")) if result else None,
        "decision": _row(decision, ("verdict", "reason", "at")) if decision else None,
        "programs": _rows(
            interview.design.score_runs.filter(status="done"),
            ("engine_id", "engine_version", "rubric_id", "rubric_version", "created_at", "result"),
        ),
    }


def _notes(interview: Interview) -> dict[str, Any]:
    from apps.interviews.domain.privacy.private_notes import private_notes_of

    return {
        "debrief": _rows(interview.debrief_notes.all(), ("item", "text", "at")),
        "private": private_notes_of(interview.design),
    }


def _rows(rows: Iterable[Model], fields: Iterable[str]) -> list[dict[str, Any]]:
    names = tuple(fields)
    return [_row(row, names) for row in rows]


def _row(row: Model, fields: Iterable[str]) -> dict[str, Any]:
    return {field: getattr(row, field) for field in fields}


def _written(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n"


def _zip(documents: dict[str, str]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in documents.items():
            archive.writestr(zipfile.ZipInfo(name, MADE_AT), text, zipfile.ZIP_DEFLATED)
    return body.getvalue()
