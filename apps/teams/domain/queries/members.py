"""Who is in which organisation now."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from apps.accounts.models import User
from apps.teams.models import Membership, Organisation
from apps.teams.rules import RULES, TeamAction

# Recovery codes alone are no second factor: they stand in for one that was lost.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def active_members(organisation: Organisation) -> QuerySet[Membership]:
    return organisation.memberships.filter(ended_at__isnull=True).select_related("user")


def members_with_factors(organisation: Organisation) -> list[Membership]:
    """By name; with `has_factor`: has this member a second factor?"""
    factors = Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=FACTORS)
    members = active_members(organisation).annotate(has_factor=Exists(factors))
    return list(members.order_by("user__name", "user__email"))


def memberships_of(user: User) -> list[Membership]:
    """Those that last, by the organisation's name."""
    rows = user.memberships.filter(ended_at__isnull=True).select_related("organisation")
    return list(rows.order_by("organisation__name"))


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
