"""When is a card done? Once nothing is missing. From then on a change keeps what was before.

Cards can be revised until somebody signs the decision off: a signature stands under figures.
"""

from collections.abc import Iterator

from apps.core import clock
from apps.core.errors import Conflict, Fault, Invalid
from apps.interviews import signals
from apps.interviews.domain import panel
from apps.interviews.domain.cards.drafting import (
    check_reason,
    level_faults,
    record_verdict,
    touch,
)
from apps.interviews.domain.cards.items import (
    VERDICT,
    cross_items,
    kind_of,
    kinds,
    rubric_of_card,
)
from apps.interviews.domain.cards.making import locked
from apps.interviews.enums import Verdict
from apps.interviews.models import Interview, Rating, Revision, ScoreCard, SignOff

RUNNING = "The interview has not ended: a card is about all of it."
SIGNED = "The decision is signed off: its figures do not change any more."
_VERDICTS = {4 - place: verdict for place, verdict in enumerate(Verdict)}


def submit(card: ScoreCard, by_name: str) -> ScoreCard:
    """Locks the card and adds it to the panel's figures. Twice changes nothing.

    Raises Conflict before the end and after a signature, Invalid with all that is missing.
    """
    with locked(card) as row:
        if row.status == ScoreCard.Status.SUBMITTED:
            return row
        _check_open(row)
        if faults := missing(row):
            raise Invalid("The card is not complete.", faults)
        row.status, row.submitted_at = ScoreCard.Status.SUBMITTED, clock.now()
        row.save(update_fields=["status", "submitted_at"])
        touch(row)
        panel.refresh(row.interview)
        signals.card_submitted.send(ScoreCard, interview=row.interview, by_name=by_name, card=row)
    return row


def revise(
    card: ScoreCard, item: str, *, level: int | None, state: str, reason: str, by_name: str
) -> Revision | None:
    """Changes one rating, or the verdict, of a submitted card. None if it says that already.

    Raises Invalid without a reason, Conflict for a draft and after a signature.
    """
    check_reason(reason, required=True)
    _check_answer(item, level, state)
    with locked(card) as row:
        if row.status != ScoreCard.Status.SUBMITTED:
            raise Conflict("The card is a draft: change it as it is.")
        _check_open(row)
        change = _revise_verdict if item == VERDICT else _revise_rating
        revision = change(row, item, level, state, reason.strip())
        if revision is None:
            return None
        touch(row)
        panel.refresh(row.interview)
        signals.card_revised.send(
            ScoreCard, interview=row.interview, by_name=by_name, card=row, revision=revision
        )
    return revision


def missing(card: ScoreCard) -> list[Fault]:
    """What stands between a draft and its submission."""
    known = kinds(rubric_of_card(card))
    ratings = {rating.item: rating for rating in card.ratings.all() if rating.item in known}
    return [
        *_without_reason(ratings),
        *_without_answer(card, ratings),
        *_without_verdict(card),
    ]


def _without_reason(ratings: dict[str, Rating]) -> Iterator[Fault]:
    for item, rating in ratings.items():
        if rating.level is not None and not rating.reason:
            yield Fault(f"$.ratings.{item}", "A level needs a reason.")


def _without_answer(card: ScoreCard, ratings: dict[str, Rating]) -> Iterator[Fault]:
    """A step that was played is answered by itself or by any of its criteria."""
    answered = {item for item, one in ratings.items() if one.level is not None or one.state}
    rubric = rubric_of_card(card)
    for step in panel.steps_that_count(card.interview, rubric):
        if not answered.intersection({step.id, *(one.id for one in step.criteria)}):
            yield Fault(f"$.ratings.{step.id}", "Give a level, NE or NA.")
    for item in cross_items(rubric):
        if item not in answered:
            yield Fault(f"$.ratings.{item}", "Give a level, NE or NA.")


def _without_verdict(card: ScoreCard) -> Iterator[Fault]:
    if not card.verdict:
        yield Fault("$.verdict", "Give your own verdict.")
    elif not card.verdict_reason:
        yield Fault("$.verdict_reason", "The verdict needs a reason.")


def _check_open(card: ScoreCard) -> None:
    if card.interview.ended_at is None:
        raise Conflict(RUNNING)
    if is_signed_off(card.interview):
        raise Conflict(SIGNED)


def is_signed_off(interview: Interview) -> bool:
    return SignOff.objects.filter(decision__interview=interview).exists()


def _check_answer(item: str, level: int | None, state: str) -> None:
    faults = list(level_faults(level, state))
    if (level is None) == (not state):
        faults.append(Fault("$.level", "Give a level, or NE or NA."))
    if item == VERDICT and level is None:
        faults.append(Fault("$.level", "A verdict is a level from 1 to 4."))
    if faults:
        raise Invalid("Nothing was revised.", faults)


def _revise_verdict(
    card: ScoreCard, _item: str, level: int | None, _state: str, reason: str
) -> Revision | None:
    assert level is not None
    verdict = _VERDICTS[level]
    if verdict == card.verdict:
        return None
    revision = record_verdict(card, verdict, reason)
    card.verdict = verdict
    card.save(update_fields=["verdict"])
    return revision


def _revise_rating(
    card: ScoreCard, item: str, level: int | None, state: str, reason: str
) -> Revision | None:
    kind = kind_of(rubric_of_card(card), item)
    rating = card.ratings.filter(item=item).first() or Rating(card=card, item=item, kind=kind)
    if (rating.level, rating.state) == (level, state):
        return None
    now = clock.now()
    revision = Revision.objects.create(
        card=card,
        item=item,
        level_before=rating.level,
        state_before=rating.state,
        level_after=level,
        state_after=state,
        reason=reason,
        at=now,
    )
    rating.level, rating.state, rating.updated_at = level, state, now
    rating.reason = rating.reason or reason
    rating.save()
    return revision
