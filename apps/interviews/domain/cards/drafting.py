"""How does a card fill up? Item by item, each saved by itself; then a verdict of one's own.

Two tabs may save at once: they change different items side by side, and of one item the last.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from apps.core import clock
from apps.core.errors import Conflict, Fault, Invalid
from apps.core.events import Audience, publish
from apps.interviews.domain.cards import evidence
from apps.interviews.domain.cards.evidence import Pointer
from apps.interviews.domain.cards.items import VERDICT, kind_of, rubric_of_card
from apps.interviews.domain.cards.making import locked
from apps.interviews.domain.reading import read
from apps.interviews.enums import Confidence, RatingState, Verdict
from apps.interviews.models import Interview, Rating, Reveal, Revision, ScoreCard

LONGEST_REASON: Final = 4000
SUBMITTED = "The card is submitted. Revise it with a reason."
LEVELS: Final = {verdict: 4 - place for place, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True)
class Change:
    """What an item says from now on. evidence None: as it was."""

    level: int | None = None
    state: str = ""
    confidence: str = ""
    reason: str = ""
    is_probed: bool = False
    evidence: tuple[Pointer, ...] | None = None


def save(card: ScoreCard, item: str, change: Change) -> Rating:
    """Keeps a rating of a draft. Raises NotFound for an unknown item, Invalid, and Conflict once
    the card is submitted."""
    kind = kind_of(rubric_of_card(card), item)
    if faults := list(_faults(change)):
        raise Invalid("The rating was not saved.", faults)
    with locked(card) as row:
        if row.status == ScoreCard.Status.SUBMITTED:
            raise Conflict(SUBMITTED)
        rating, _ = Rating.objects.update_or_create(
            card=row,
            item=item,
            defaults={
                "kind": kind,
                "level": change.level,
                "state": change.state,
                "confidence": change.confidence,
                "reason": change.reason.strip(),
                "is_probed": change.is_probed,
                "updated_at": clock.now(),
            },
        )
        if change.evidence is not None:
            evidence.replace(rating, change.evidence, clock_s(row.interview))
        touch(row)
    return rating


def give_verdict(card: ScoreCard, verdict: str, reason: str) -> None:
    """The rater's own opinion, before any figure. Once the band was shown, or the card is in, a
    change needs a reason, and both are kept."""
    if verdict not in set(Verdict):
        raise Invalid(
            "The verdict was not saved.", [Fault("$.verdict", f"{verdict} is no verdict.")]
        )
    check_reason(reason, required=False)
    with locked(card) as row:
        is_change = bool(row.verdict) and verdict != row.verdict
        if row.status == ScoreCard.Status.SUBMITTED:
            raise Conflict(SUBMITTED)
        if is_change and has_seen_band(row):
            check_reason(reason, required=True)
            record_verdict(row, verdict, reason)
        row.verdict, row.verdict_reason = verdict, reason.strip()
        row.verdict_at = row.verdict_at if row.verdict_at and not is_change else clock.now()
        row.save(update_fields=["verdict", "verdict_reason", "verdict_at"])
        touch(row)


def record_verdict(card: ScoreCard, verdict: str, reason: str) -> Revision:
    return Revision.objects.create(
        card=card,
        item=VERDICT,
        level_before=LEVELS[Verdict(card.verdict)],
        level_after=LEVELS[Verdict(verdict)],
        reason=reason.strip(),
        at=clock.now(),
    )


def has_seen_band(card: ScoreCard) -> bool:
    seen = Reveal.objects.filter(interview_id=card.interview_id, participant_id=card.rater_id)
    return seen.filter(what=Reveal.What.BAND).exists()


def touch(card: ScoreCard) -> None:
    card.updated_at = clock.now()
    card.save(update_fields=["updated_at"])
    publish(card.interview_id, Audience.INTERVIEWERS, "cards.changed", {})


def clock_s(interview: Interview) -> int:
    """What the interview's clock shows."""
    return int(read(interview).elapsed_s)


def check_reason(reason: str, *, required: bool) -> None:
    if required and not reason.strip():
        raise Invalid("Say why.", [Fault("$.reason", "A change needs a reason.")])
    if len(reason) > LONGEST_REASON:
        raise Invalid("Nothing was saved.", [Fault("$.reason", _TOO_LONG)])


def _faults(change: Change) -> Iterator[Fault]:
    if change.level is not None and change.state:
        yield Fault("$.level", "An item has a level or a state, not both.")
    yield from level_faults(change.level, change.state)
    if change.confidence and change.confidence not in set(Confidence):
        yield Fault("$.confidence", f"{change.confidence} is not low, mid or high.")
    if len(change.reason) > LONGEST_REASON:
        yield Fault("$.reason", _TOO_LONG)
    if change.evidence is not None:
        evidence.checked(change.evidence)


def level_faults(level: int | None, state: str) -> Iterator[Fault]:
    if level is not None and level not in range(1, 5):
        yield Fault("$.level", f"{level} is not between 1 and 4.")
    if state and state not in set(RatingState):
        yield Fault("$.state", f"{state} is not NE or NA.")


_TOO_LONG: Final = f"Longer than {LONGEST_REASON} characters."
