"""What does an interviewer have to do? Their interviews by what comes next."""

from enum import StrEnum
from typing import Final

from django.db.models import Count, Prefetch, Q

from apps.accounts.actors import Actor
from apps.designs.domain.queries.people import has_right
from apps.designs.models import Participant
from apps.interviews.domain.queries.seats import Panels, panels_of


class Shelf(StrEnum):
    UPCOMING = "upcoming"
    TO_SCORE = "to-score"
    DEBRIEF = "debrief"
    DONE = "done"


CONDITIONS: Final = {
    Shelf.UPCOMING: Q(ended_at__isnull=True),
    Shelf.TO_SCORE: Q(ended_at__isnull=False, decision__isnull=True, is_own_card_in=False),
    Shelf.DEBRIEF: Q(ended_at__isnull=False, decision__isnull=True, is_own_card_in=True),
    Shelf.DONE: Q(ended_at__isnull=False, decision__isnull=False),
}
# What is due first stands first; what is over, last to first.
ORDERS: Final = {
    Shelf.UPCOMING: ("-started_at", "scheduled_at", "pk"),
    Shelf.TO_SCORE: ("ended_at", "pk"),
    Shelf.DEBRIEF: ("ended_at", "pk"),
    Shelf.DONE: ("-ended_at", "pk"),
}


def mine(actor: Actor, words: str = "") -> Panels:
    """Where each word stands in the candidate's name, the position or the problem."""
    found = panels_of(actor)
    for word in words.split():
        found = found.filter(
            Q(candidate_name__icontains=word, is_blind=False)
            | Q(position__icontains=word)
            | Q(design__problem_title__icontains=word)
        )
    return found


def count_by_shelf(interviews: Panels) -> dict[Shelf, int]:
    counts = interviews.order_by().aggregate(
        **{shelf.name: Count("pk", filter=CONDITIONS[shelf]) for shelf in Shelf}
    )
    return {shelf: counts[shelf.name] for shelf in Shelf}


def on_shelf(interviews: Panels, shelf: Shelf) -> Panels:
    return interviews.filter(CONDITIONS[shelf]).order_by(*ORDERS[shelf])


def with_people(interviews: Panels) -> Panels:
    """Adds design, result and decision, and `design.people`: all who have a right on it."""
    people = Participant.objects.filter(has_right()).order_by("joined_at")
    return interviews.select_related("design", "result", "decision").prefetch_related(
        Prefetch("design__participants", queryset=people, to_attr="people")
    )
