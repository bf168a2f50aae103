"""Who is in which organisation now."""

from uuid import UUID

from django.db.models import QuerySet

from apps.teams.models import Membership, Organisation
from apps.teams.rules import RULES, TeamAction


def active_members(organisation: Organisation) -> QuerySet[Membership]:
    return organisation.memberships.filter(ended_at__isnull=True).select_related("user")


def membership_of(user_id: UUID | None, organisation_id: UUID) -> Membership | None:
    """Also one that has ended; see `Membership`."""
    if user_id is None:
        return None
    rows = Membership.objects.filter(user_id=user_id, organisation_id=organisation_id)
    return rows.select_related("organisation").first()


def organisations_of(
    user_id: UUID | None, action: TeamAction = TeamAction.SEE
) -> QuerySet[Organisation]:
    """Those in which this person may do the action; none for guests and strangers."""
    if user_id is None:
        return Organisation.objects.none()
    own = Membership.objects.filter(user_id=user_id, ended_at__isnull=True, role__in=RULES[action])
    return Organisation.objects.filter(id__in=own.values("organisation_id"))
