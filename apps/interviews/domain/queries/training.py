"""How close does a new interviewer come to the panel on gold sessions?"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from apps.accounts.actors import Actor
from apps.interviews.domain.queries.mine import with_people
from apps.interviews.domain.queries.seats import Panels, SeatedInterview, panels_of, rated_by
from apps.interviews.models import PanelStep, Rating, ScoreCard
from apps.interviews.statistics.ratings import as_level


@dataclass(frozen=True, slots=True)
class Compared:
    """One step: the trainee's level beside the panel's mean."""

    item: str
    own: int
    panel: float

    @property
    def gap(self) -> float:
        return self.own - self.panel

    @property
    def is_same(self) -> bool:
        return self.own == as_level(self.panel)

    @property
    def is_near(self) -> bool:
        return abs(self.own - as_level(self.panel)) <= 1


def gold_sessions(actor: Actor) -> Panels:
    return with_people(panels_of(actor).filter(is_gold=True)).order_by("-ended_at", "pk")


def could_be_gold(actor: Actor) -> Panels:
    """Decided interviews of the actor's own."""
    decided = panels_of(actor).filter(is_own=True, is_gold=False, decision__isnull=False)
    return with_people(decided).order_by("-ended_at", "pk")


def training_cards(actor: Actor, interviews: Iterable[SeatedInterview]) -> dict[UUID, ScoreCard]:
    """The actor's training cards by interview."""
    rows = ScoreCard.objects.filter(
        rated_by(actor), is_training=True, interview__in=[one.pk for one in interviews]
    )
    return {card.interview_id: card for card in rows}


def compared(cards: Iterable[ScoreCard]) -> dict[UUID, list[Compared]]:
    """Of submitted training cards, by interview: the steps that both sides gave a level."""
    done = [card for card in cards if card.status == ScoreCard.Status.SUBMITTED]
    panel = PanelStep.objects.filter(
        interview__in=[card.interview_id for card in done], mean__isnull=False
    )
    means = {(row.interview_id, row.item): row.mean for row in panel}
    ratings = Rating.objects.filter(
        card__in=done, kind=Rating.Kind.STEP, level__isnull=False
    ).select_related("card")
    found: dict[UUID, list[Compared]] = {card.interview_id: [] for card in done}
    for rating in ratings:
        mean = means.get((rating.card.interview_id, rating.item))
        if mean is not None and rating.level is not None:
            found[rating.card.interview_id].append(Compared(rating.item, rating.level, mean))
    return found
