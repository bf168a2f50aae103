"""Lists of design sessions."""

from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from apps.accounts.actors import Actor
from apps.designs.domain.queries.people import has_right, is_actor
from apps.designs.models import Component, DesignSession, Participant


class Tab(StrEnum):
    ALL = "all"
    INTERVIEWS = "interviews"
    PRACTICE = "practice"
    ENDED = "ended"


TAB_CONDITIONS = {
    Tab.ALL: Q(),
    Tab.INTERVIEWS: Q(kind=DesignSession.Kind.INTERVIEW),
    Tab.PRACTICE: Q(kind=DesignSession.Kind.PRACTICE),
    Tab.ENDED: Q(ended_at__isnull=False),
}


def designs_of(actor: Actor) -> QuerySet[DesignSession]:
    """The designs the actor takes part in, the last changed first."""
    if actor.is_stranger:
        return DesignSession.objects.none()
    own = Participant.objects.filter(is_actor(actor), has_right(), design_id=OuterRef("pk"))
    return DesignSession.objects.filter(Exists(own))


def with_people(designs: QuerySet[DesignSession]) -> QuerySet[DesignSession]:
    """Adds `people`, a list of those who have a right on each design."""
    people = Participant.objects.filter(has_right()).order_by("joined_at")
    return designs.prefetch_related(Prefetch("participants", queryset=people, to_attr="people"))


def with_emptiness(designs: QuerySet[DesignSession]) -> QuerySet[DesignSession]:
    """Adds `is_empty`: no component on the board, as of the last projection."""
    components = Component.objects.filter(design_id=OuterRef("pk"))
    return designs.annotate(is_empty=~Exists(components))


def search(designs: QuerySet[DesignSession], words: str) -> QuerySet[DesignSession]:
    """Designs where each word stands in the title, the problem or somebody's name."""
    for word in words.split():
        named = Participant.objects.filter(
            has_right(), design_id=OuterRef("pk"), name__icontains=word
        )
        designs = designs.filter(
            Q(title__icontains=word) | Q(problem_title__icontains=word) | Exists(named)
        )
    return designs


def count_by_tab(designs: QuerySet[DesignSession]) -> dict[Tab, int]:
    counts = designs.order_by().aggregate(
        **{
            tab.value: Count("pk", filter=condition) if condition else Count("pk")
            for tab, condition in TAB_CONDITIONS.items()
        }
    )
    return {tab: counts[tab.value] for tab in Tab}
