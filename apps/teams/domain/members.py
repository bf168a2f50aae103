"""How members change their roles and leave. An organisation always keeps an administrator."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.core.errors import Conflict, NotFound
from apps.teams.domain.queries.members import active_members
from apps.teams.domain.recording import record
from apps.teams.models import Membership, Organisation
from apps.teams.rules import MemberRole
from apps.teams.signals import rights_changed

LAST_ADMIN = "A team needs an administrator. Make somebody else one first."


def change_role(by: Membership, membership_id: UUID, role: MemberRole) -> None:
    """Raises NotFound for who is not a member, Conflict for the last administrator."""
    with transaction.atomic():
        member = _locked(by.organisation, membership_id)
        if member.role == role:
            return
        _require_another_admin(member)
        before, member.role = member.role, role.value
        member.save(update_fields=["role"])
        if role == MemberRole.OBSERVER:
            member.pools.clear()
        details = {"member": str(member.user_id), "before": before, "after": role.value}
        record("team.role", by.user, by.organisation, details)
        rights_changed.send(sender=Organisation, user_ids=[member.user_id])


def remove(by: Membership, membership_id: UUID) -> None:
    """Ends a membership, one's own too, at once. Raises NotFound, Conflict as above."""
    with transaction.atomic():
        member = _locked(by.organisation, membership_id)
        _require_another_admin(member)
        member.ended_at = timezone.now()
        member.save(update_fields=["ended_at"])
        member.pools.clear()
        kind = "team.left" if member.id == by.id else "team.removed"
        record(kind, by.user, by.organisation, {"member": str(member.user_id)})
        rights_changed.send(sender=Organisation, user_ids=[member.user_id])


def _locked(organisation: Organisation, membership_id: UUID) -> Membership:
    # All of them: of two administrators who leave at once, the second one finds the first gone.
    Organisation.objects.select_for_update().get(id=organisation.id)
    member = active_members(organisation).filter(id=membership_id).first()
    if member is None:
        raise NotFound("There is no such member.")
    return member


def _require_another_admin(member: Membership) -> None:
    admins = active_members(member.organisation).filter(role=MemberRole.ADMIN)
    if member.role == MemberRole.ADMIN and not admins.exclude(id=member.id).exists():
        raise Conflict(LAST_ADMIN)
