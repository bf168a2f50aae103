"""What can be rated on a card? The steps of its rubric and all criteria."""

from typing import Any, Final

from apps.content.domain import library
from apps.content.types import RubricPack
from apps.core.errors import NotFound
from apps.interviews.aggregation.weighing import HEAVY
from apps.interviews.domain.finding import rubric_of
from apps.interviews.models import Rating, ScoreCard

# Its own verdict changes as a rating does: as a level of 4, strong yes, to 1.
VERDICT: Final = "verdict"


def rubric_of_card(card: ScoreCard) -> RubricPack:
    """The version that the card was begun with."""
    try:
        return library.rubric_at(card.rubric_id, card.rubric_version)
    except NotFound:
        return rubric_of(card.interview.design)


def kind_of(rubric: RubricPack, item: str) -> Rating.Kind:
    """Raises NotFound for what the rubric does not know."""
    kind = kinds(rubric).get(item)
    if kind is None:
        raise NotFound(f'The rubric {rubric.id} has nothing called "{item}" to rate.')
    return kind


def kinds(rubric: RubricPack) -> dict[str, Rating.Kind]:
    data: Any = rubric.data
    steps = {step["id"]: Rating.Kind.STEP for step in data["steps"]}
    return steps | {one["id"]: Rating.Kind.CRITERION for one in data["criteria"]}


def cross_items(rubric: RubricPack) -> list[str]:
    """The criteria across the session that every card answers: the heavy ones."""
    data: Any = rubric.data
    across = (one for one in data["criteria"] if one["step"] is None)
    return [one["id"] for one in across if one["weight"] == HEAVY]
