"""Interviewers for an interview, drawn from a pool of its team."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.accounts.models import User
from apps.core import clock
from apps.core.errors import Fault, Invalid, NotFound
from apps.core.permissions import Action, Role
from apps.designs.domain.membership import add_interviewers
from apps.designs.models import DesignSession, Participant
from apps.designs.rules import Access, check
from apps.interviews import signals
from apps.interviews.models import Interview
from apps.teams.domain.pools import interviewers_of, pools_of
from apps.teams.models import Membership, Pool

LATELY: Final = timedelta(days=30)
MOST: Final = 5  # at once


def pools_for(interview: Interview) -> Iterator[tuple[Pool, int]]:
    """The pools of its team, and how many of each are not on the interview yet."""
    if organisation := interview.design.organisation:
        for pool in pools_of(organisation):
            yield pool, _free(interview, pool.id).count()


def draw(interview: Interview, by: Access, pool_id: UUID, count: int) -> list[str]:
    """Puts those of the pool on it who have interviewed least in the last 30 days; among equals
    the lot decides. Their names.

    Raises NotFound for a pool of another team, Invalid if it has not so many left (nobody comes
    then), Conflict after the end.
    """
    check(by, Action.MANAGE_LINKS)
    if not 1 <= count <= MOST:
        raise Invalid("Nobody was drawn.", [Fault("$.count", f"Draw 1 to {MOST} at a time.")])
    with transaction.atomic():
        free = list(_free(interview, pool_id).annotate(load=_load()))
        if len(free) < count:
            left = f"{len(free)} of this pool {'is' if len(free) == 1 else 'are'} left to draw."
            raise Invalid("Nobody was drawn.", [Fault("$.count", left)])
        random.shuffle(free)
        drawn = [one.user for one in sorted(free, key=lambda one: one.load)[:count]]
        add_interviewers(interview.design, drawn)
        signals.interviewers_drawn.send(
            Interview, interview=interview, by_name=by.name, pool_id=pool_id, count=count
        )
    return [user.display_name for user in drawn]


def _free(interview: Interview, pool_id: UUID) -> QuerySet[Membership]:
    """Not who is or was on it, nor who is its candidate."""
    organisation_id = interview.design.organisation_id
    if organisation_id is None:
        raise NotFound("This interview belongs to no team.")
    there = Participant.objects.filter(design=interview.design_id, user__isnull=False)
    free = interviewers_of(organisation_id, pool_id).exclude(user__in=there.values("user"))
    if email := interview.candidate_email:
        candidates = User.objects.filter(emailaddress__email__iexact=email)
        free = free.exclude(user__in=candidates).exclude(user__email__iexact=email)
    return free


def _load() -> Coalesce:
    """On how many interviews of the last days somebody is."""
    sits = Participant.objects.filter(
        user=OuterRef("user"),
        role__in=[Role.OWNER.value, Role.INTERVIEWER.value],
        removed_at__isnull=True,
        design__kind=DesignSession.Kind.INTERVIEW,
        design__created_at__gte=clock.now() - LATELY,
    )
    counted = sits.order_by().values("user").annotate(sits=Count("pk")).values("sits")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
