"""Whose card is it? Its rater's alone: everything about a card begins here."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from apps.content.types import RubricPack
from apps.core import clock
from apps.core.errors import Conflict, NotFound
from apps.core.permissions import Action
from apps.designs.rules import Access, check
from apps.interviews.domain.finding import rubric_of
from apps.interviews.models import Interview, Reveal, ScoreCard

SEEN = "You have seen the scores of the others, so you give no card of your own."


def own_card(interview: Interview, access: Access) -> ScoreCard:
    """The asker's card, made on the first look.

    Raises NotFound for who may not rate, Conflict for who gave up their card to see the others.
    """
    check(access, Action.RATE)
    if access.participant_id is None:
        raise NotFound("Only who takes part in an interview gives a card.")
    rubric = rubric_of(interview.design)
    card = ScoreCard.objects.filter(interview=interview, rater_id=access.participant_id).first()
    if card is None:
        card = _make(interview, access.participant_id, rubric)
    elif card.status == ScoreCard.Status.DRAFT and card.rubric_sha256 != rubric.sha256:
        # The session has switched its flow since: ratings that the new rubric knows stay.
        drafts = ScoreCard.objects.filter(pk=card.pk, status=ScoreCard.Status.DRAFT)
        drafts.update(**_pinned(rubric))
        card.refresh_from_db()
    card.interview = interview
    return card


def _make(interview: Interview, rater_id: UUID, rubric: RubricPack) -> ScoreCard:
    if interview.reveals.filter(participant_id=rater_id, what=Reveal.What.PEERS).exists():
        raise Conflict(SEEN)
    now = clock.now()
    card, _ = ScoreCard.objects.get_or_create(
        interview=interview,
        rater_id=rater_id,
        defaults={
            **_pinned(rubric),
            "is_training": interview.is_gold,
            "created_at": now,
            "updated_at": now,
        },
    )
    return card


def _pinned(rubric: RubricPack) -> dict[str, str]:
    return {
        "rubric_id": rubric.id,
        "rubric_version": rubric.version,
        "rubric_sha256": rubric.sha256,
    }


@contextmanager
def locked(card: ScoreCard) -> Iterator[ScoreCard]:
    """A transaction in which nobody else changes the card, or another card of its panel: one tab
    after the other, and one figure of the panel after the other."""
    with transaction.atomic():
        # Always the interview before the card, so that no two wait for each other.
        interview = Interview.objects.select_for_update(of=("self",)).get(pk=card.interview_id)
        row = ScoreCard.objects.select_for_update().get(pk=card.pk)
        row.interview = interview
        yield row
