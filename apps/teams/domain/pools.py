"""Interviewer pools: named sets of those members who may interview."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, QuerySet

from apps.core.errors import Conflict, NotFound
from apps.core.json import JsonObject
from apps.teams.domain.queries.members import active_members
from apps.teams.domain.recording import record
from apps.teams.models import Membership, Organisation, Pool
from apps.teams.rules import RULES, TeamAction


def pools_of(organisation: Organisation) -> QuerySet[Pool]:
    """With `people`, the members in each by name."""
    members = Membership.objects.filter(ended_at__isnull=True).select_related("user")
    by_name = members.order_by("user__name", "user__email")
    return organisation.pools.prefetch_related(
        Prefetch("members", queryset=by_name, to_attr="people")
    )


def interviewers_of(organisation_id: UUID, pool_id: UUID) -> QuerySet[Membership]:
    """Those of the pool who may interview today. Raises NotFound, also for a pool of others."""
    may = RULES[TeamAction.INTERVIEW]
    members = _pool(organisation_id, pool_id).members.filter(ended_at__isnull=True, role__in=may)
    return members.select_related("user")


def create_pool(by: Membership, name: str) -> Pool:
    """Raises Conflict if there is one of that name."""
    try:
        with transaction.atomic():
            pool = Pool.objects.create(organisation=by.organisation, name=name)
            record("team.pool_made", by.user, by.organisation, {"pool": str(pool.id)})
    except IntegrityError as error:
        raise Conflict(f'There is a pool named "{name}" already.') from error
    return pool


def set_members(by: Membership, pool_id: UUID, membership_ids: Collection[UUID]) -> None:
    """Who is not in the organisation, or only looks on, is left out. Raises NotFound."""
    pool = _pool(by.organisation_id, pool_id)
    interviewers = active_members(by.organisation).filter(role__in=RULES[TeamAction.INTERVIEW])
    with transaction.atomic():
        pool.members.set(interviewers.filter(id__in=membership_ids))
        details: JsonObject = {"pool": str(pool.id), "members": pool.members.count()}
        record("team.pool_set", by.user, by.organisation, details)


def delete_pool(by: Membership, pool_id: UUID) -> None:
    """Raises NotFound."""
    with transaction.atomic():
        _pool(by.organisation_id, pool_id).delete()
        record("team.pool_deleted", by.user, by.organisation, {"pool": str(pool_id)})


def _pool(organisation_id: UUID, pool_id: UUID) -> Pool:
    pool = Pool.objects.filter(organisation_id=organisation_id, id=pool_id).first()
    if pool is None:
        raise NotFound("There is no such pool.")
    return pool
