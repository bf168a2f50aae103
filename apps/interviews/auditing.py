"""What the audit log is told of interviews: kinds, ids and numbers, never what somebody wrote."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from apps.audit.domain import record
from apps.core.json import JsonObject
from apps.designs import signals as designs
from apps.designs.models import DesignSession
from apps.interviews import signals
from apps.interviews.models import Decision, Interview, Reveal, Revision, ScoreCard


@receiver(signals.interview_created)
def created(interview: Interview, by_name: str, **_: Any) -> None:
    _record("interview.created", interview, None, by_name, {"preset": interview.preset})


@receiver(signals.interviewers_drawn)
def drawn(interview: Interview, by_name: str, pool_id: UUID, count: int, **_: Any) -> None:
    """How many: who they are, the interview itself says."""
    details: JsonObject = {"pool": str(pool_id), "members": count}
    _record("interview.interviewers_drawn", interview, None, by_name, details)


@receiver(signals.interview_started)
def started(interview: Interview, by_name: str, **_: Any) -> None:
    _record("interview.started", interview, None, by_name)


@receiver(signals.interview_ended)
def ended(interview: Interview, by_name: str, **_: Any) -> None:
    _record("interview.ended", interview, None, by_name)


@receiver(signals.interview_reopened)
def reopened(interview: Interview, by_name: str, **_: Any) -> None:
    """The reason stands in the interview itself."""
    _record("interview.reopened", interview, None, by_name)


@receiver(signals.card_submitted)
def submitted(interview: Interview, card: ScoreCard, by_name: str = "", **_: Any) -> None:
    details: JsonObject = {"card": str(card.id), "rubric": card.rubric_sha256}
    _record("card.submitted", interview, card.rater_id, by_name or card.rater.name, details)


@receiver(signals.card_revised)
def revised(
    interview: Interview, card: ScoreCard, revision: Revision, by_name: str = "", **_: Any
) -> None:
    details: JsonObject = {
        "card": str(card.id),
        "item": revision.item,
        "before": revision.level_before,
        "after": revision.level_after,
    }
    _record("card.revised", interview, card.rater_id, by_name or card.rater.name, details)


@receiver(signals.scores_revealed)
def revealed(interview: Interview, reveal: Reveal, by_name: str = "", **_: Any) -> None:
    person = reveal.participant
    details: JsonObject = {"what": reveal.what}
    _record("scores.revealed", interview, person.id, by_name or person.name, details)


@receiver(signals.decided)
def decided(interview: Interview, decision: Decision, by_name: str = "", **_: Any) -> None:
    details: JsonObject = {"verdict": decision.verdict}
    _record("interview.decided", interview, decision.by_id, by_name or decision.by_name, details)


@receiver(signals.report_released)
def released(interview: Interview, by_name: str = "", **_: Any) -> None:
    _record("report.released", interview, None, by_name)


@receiver(signals.report_revoked)
def revoked(interview: Interview, by_name: str = "", **_: Any) -> None:
    _record("report.revoked", interview, None, by_name)


@receiver(designs.link_made)
def link_made(
    design_id: UUID, link_id: UUID, role: str, by_id: UUID | None, by_name: str, **_: Any
) -> None:
    _record_on("link.made", design_id, by_id, by_name, {"link": str(link_id), "role": role})


@receiver(designs.link_revoked)
def link_revoked(design_id: UUID, link_id: UUID, **_: Any) -> None:
    _record_on("link.revoked", design_id, None, "", {"link": str(link_id)})


@receiver(designs.person_removed)
def person_removed(design_id: UUID, participant_id: UUID, **_: Any) -> None:
    _record_on("person.removed", design_id, None, "", {"participant": str(participant_id)})


def _record(
    kind: str,
    interview: Interview,
    actor_id: UUID | None,
    actor_name: str,
    details: JsonObject | None = None,
) -> None:
    _write(kind, interview.design, actor_id, actor_name, details or {})


def _record_on(
    kind: str, design_id: UUID, actor_id: UUID | None, actor_name: str, details: JsonObject
) -> None:
    """Of interviews only: who practises leaves no trace here."""
    design = DesignSession.objects.filter(id=design_id, kind=DesignSession.Kind.INTERVIEW).first()
    if design is not None:
        _write(kind, design, actor_id, actor_name, details)


def _write(
    kind: str,
    design: DesignSession,
    actor_id: UUID | None,
    actor_name: str,
    details: JsonObject,
) -> None:
    record(
        kind,
        actor_id=actor_id,
        actor_name=actor_name,
        design_id=design.id,
        organisation_id=design.organisation_id,
        details=details,
    )
