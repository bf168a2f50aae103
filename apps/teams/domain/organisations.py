"""How an organisation comes into being, and what its administrators set."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from apps.accounts.models import User
from apps.core.errors import Conflict
from apps.teams.domain.queries.members import active_members
from apps.teams.domain.recording import record
from apps.teams.domain.second_factor import has_second_factor
from apps.teams.models import Membership, Organisation
from apps.teams.rules import MemberRole
from apps.teams.signals import rights_changed

SLUG_LENGTH = 32  # leaves room for a number


@dataclass(frozen=True)
class Policies:
    requires_two_factor: bool
    admins_read_notes: bool


def create_organisation(founder: User, name: str) -> Organisation:
    """The founder is its first administrator."""
    with transaction.atomic():
        organisation = Organisation.objects.create(name=name, slug=_free_slug(name))
        Membership.objects.create(
            organisation=organisation, user=founder, role=MemberRole.ADMIN.value
        )
        record("team.created", founder, organisation, {})
    return organisation


def rename(by: Membership, name: str) -> None:
    with transaction.atomic():
        organisation = by.organisation
        before, organisation.name = organisation.name, name
        organisation.save(update_fields=["name"])
        record("team.renamed", by.user, organisation, {"before": before})


def set_policies(by: Membership, policies: Policies) -> None:
    """Raises Conflict for an administrator who would lock themselves out."""
    if policies.requires_two_factor and not has_second_factor(by.user_id):
        raise Conflict("Set up a second factor for yourself first.")
    with transaction.atomic():
        organisation = by.organisation
        organisation.requires_two_factor = policies.requires_two_factor
        organisation.admins_read_notes = policies.admins_read_notes
        organisation.save(update_fields=["requires_two_factor", "admins_read_notes"])
        record("team.policies", by.user, organisation, vars(policies))
        members = active_members(organisation).values_list("user_id", flat=True)
        rights_changed.send(sender=Organisation, user_ids=list(members))


def _free_slug(name: str) -> str:
    base = slugify(name)[:SLUG_LENGTH].strip("-") or "team"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(slug for slug in numbered if slug not in taken)
