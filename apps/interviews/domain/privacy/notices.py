"""What does a candidate read before they join, and what did they agree to?

The employer's own words come first. What is recorded, whether a program scores and how long it is
kept are always said by the product itself, so that no notice can leave them out.
"""

import hashlib

from django.db import transaction

from apps.audit.domain import record
from apps.core import clock
from apps.core.errors import NotFound
from apps.designs.models import Participant
from apps.interviews.domain.privacy.retention import rule_for
from apps.interviews.models import Consent, Interview
from apps.scoring.domain.runs import cancel_under_way

RECORDED = (
    "What is recorded: your name, the board and your notes with every change and its time, and "
    "the interview's clock. The interviewers keep their own notes and rate each step."
)
SCORED = (
    "A program also rates the finished board and notes against the rubric. It suggests; it does "
    "not decide."
)
NOT_SCORED = "No program rates your interview by itself."
DECIDED = "A person decides, and gives a reason."
RIGHTS = "You can ask who invited you for a copy of your data, or for its deletion, at any time."


def notice_of(interview: Interview) -> str:
    """The whole text, in paragraphs."""
    scored = SCORED if interview.scores_by_itself else NOT_SCORED
    parts = [interview.notice, RECORDED, f"{scored} {DECIDED}", _kept(interview), RIGHTS]
    return "\n\n".join(part for part in parts if part)


def sha256_of(notice: str) -> str:
    return hashlib.sha256(notice.encode()).hexdigest()


def give_consent(interview: Interview, participant: Participant) -> Consent:
    """To the notice as it reads now. Giving it twice keeps the first."""
    notice = notice_of(interview)
    with transaction.atomic():
        consent, is_new = Consent.objects.get_or_create(
            interview=interview,
            participant=participant,
            withdrawn_at=None,
            defaults={
                "notice": notice,
                "notice_sha256": sha256_of(notice),
                "covers_scoring": interview.scores_by_itself,
                "given_at": clock.now(),
            },
        )
        if is_new:
            _note("consent.given", consent)
    return consent


def withdraw_consent(interview: Interview, participant: Participant) -> None:
    """From now on no program scores, and one at work stops. What was recorded stays until it is
    erased on request."""
    with transaction.atomic():
        consent = consent_of(interview, participant)
        if consent is None:
            raise NotFound("There is no consent to withdraw.")
        consent.withdrawn_at = clock.now()
        consent.save(update_fields=["withdrawn_at"])
        Interview.objects.filter(pk=interview.pk).update(scores_by_itself=False)
        cancel_under_way(interview.pk)
        _note("consent.withdrawn", consent)
    interview.refresh_from_db()


def consent_of(interview: Interview, participant: Participant) -> Consent | None:
    """The one that holds."""
    return Consent.objects.filter(
        interview=interview, participant=participant, withdrawn_at=None
    ).first()


def may_score_by_itself(interview: Interview) -> bool:
    """Only where it was switched on, and a candidate who still agrees was told so."""
    if not interview.scores_by_itself:
        return False
    return interview.consents.filter(covers_scoring=True, withdrawn_at=None).exists()


def _kept(interview: Interview) -> str:
    rule = rule_for(interview)
    if not rule.months:
        return "It is kept until somebody deletes it."
    return f"It is kept for {rule.months} months after the last contact, and then deleted."


def _note(kind: str, consent: Consent) -> None:
    record(
        kind,
        actor_id=consent.participant_id,
        actor_name=consent.participant.name,
        design_id=consent.interview_id,
        organisation_id=consent.interview.design.organisation_id,
        details={"notice_sha256": consent.notice_sha256, "scoring": consent.covers_scoring},
    )
