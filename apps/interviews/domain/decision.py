"""The decision on an interview: a person's, with a reason, and signed off by the interviewers."""

from django.db import transaction

from apps.core import clock
from apps.core.errors import Conflict, Fault, Invalid
from apps.core.events import Audience, publish
from apps.core.permissions import Action
from apps.designs.rules import Access, check
from apps.interviews import signals
from apps.interviews.domain.withholding import may_see_peers
from apps.interviews.enums import Verdict
from apps.interviews.models import Decision, Interview, ScoreCard, SignOff

LONGEST_REASON = 4000


def decide(interview: Interview, by: Access, verdict: str, reason: str) -> Decision:
    """Decides, or decides anew: sign-offs of another decision fall away.

    Raises Conflict before the end and before the cards are in, Invalid without a reason.
    """
    check(by, Action.DECIDE)
    verdict, reason = _checked_verdict(verdict), checked_text("reason", reason, LONGEST_REASON)
    with transaction.atomic():
        locked = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
        _check_may_be_decided(locked, by)
        decision, _ = Decision.objects.update_or_create(
            interview=locked,
            defaults={
                "verdict": verdict,
                "reason": reason,
                "by_id": by.participant_id,
                "by_name": by.name,
                "at": clock.now(),
            },
        )
        decision.sign_offs.all().delete()
        signals.decided.send(Interview, interview=locked, by_name=by.name, decision=decision)
        tell_panel(locked)
    return decision


def sign_off(interview: Interview, by: Access) -> SignOff:
    """Says that one has read the decision. Twice is once. Raises Conflict without a decision."""
    check(by, Action.SIGN_OFF)
    decision = decision_of(interview)
    if decision is None or by.participant_id is None or not may_see_peers(interview, by):
        raise Conflict("There is no decision to sign off yet.")
    with transaction.atomic():
        signed, _ = SignOff.objects.get_or_create(
            decision=decision, participant_id=by.participant_id, defaults={"at": clock.now()}
        )
        tell_panel(interview)
    return signed


def decision_of(interview: Interview) -> Decision | None:
    return Decision.objects.filter(interview=interview).first()


def tell_panel(interview: Interview) -> None:
    publish(interview.design_id, Audience.INTERVIEWERS, "debrief.changed", {})


def checked_text(field: str, text: str, limit: int) -> str:
    """Trimmed. Raises Invalid for nothing, and for more than the limit."""
    trimmed = text.strip()
    if not trimmed:
        raise _invalid(field, "Write a sentence: it is kept with the record.")
    if len(trimmed) > limit:
        raise _invalid(field, f"{len(trimmed):,} characters are more than {limit:,}.")
    return trimmed


def _checked_verdict(verdict: str) -> str:
    if verdict not in set(Verdict):
        raise _invalid("verdict", f"{verdict!r} is none of {', '.join(Verdict)}.")
    return verdict


def _check_may_be_decided(interview: Interview, by: Access) -> None:
    if interview.ended_at is None:
        raise Conflict("An interview is decided after it has ended.")
    if not interview.cards.filter(status=ScoreCard.Status.SUBMITTED, is_training=False).exists():
        raise Conflict("No score card is in yet.")
    if not may_see_peers(interview, by):
        raise Conflict("Submit your own score card first.")


def _invalid(field: str, reason: str) -> Invalid:
    return Invalid(reason, [Fault(f"$.{field}", reason)])
