"""How people are asked into an organisation: a letter with a link that opens once."""

from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.core.errors import Conflict, NotFound
from apps.core.ids import new_token, token_hash
from apps.teams.domain.queries.members import active_members
from apps.teams.domain.recording import record
from apps.teams.models import Invitation, Membership, Organisation
from apps.teams.rules import MemberRole
from apps.teams.signals import rights_changed

LIFETIME = timedelta(days=7)


class DeadInvitation(NotFound):
    """Alike for one that never was, was used or revoked, has run out, or is for another address."""

    def __init__(self) -> None:
        super().__init__("This invitation does not open anything. Ask for a new one.")


def invite(by: Membership, email: str, role: MemberRole) -> tuple[Invitation, str]:
    """A new invitation and its token, which is nowhere else. An earlier one ends.

    The caller sends the letter. Raises Conflict for an address that is a member's.
    """
    organisation = by.organisation
    if active_members(organisation).filter(_has_address(email)).exists():
        raise Conflict(f"{email} is in the team already.")
    token, now = new_token(), timezone.now()
    with transaction.atomic():
        open_invitations(organisation).filter(email__iexact=email).update(revoked_at=now)
        invitation = Invitation.objects.create(
            organisation=organisation,
            email=email,
            role=role.value,
            token_hash=token_hash(token),
            invited_by=by.user,
            expires_at=now + LIFETIME,
        )
        details = {"invitation": str(invitation.id), "role": role.value}
        record("team.invited", by.user, organisation, details)
    return invitation, token


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    return organisation.invitations.filter(_is_open())


def revoke(by: Membership, invitation_id: UUID) -> None:
    """Raises NotFound if it is not open."""
    with transaction.atomic():
        rows = open_invitations(by.organisation).filter(id=invitation_id)
        if not rows.update(revoked_at=timezone.now()):
            raise NotFound("There is no such invitation.")
        details = {"invitation": str(invitation_id)}
        record("team.invitation_revoked", by.user, by.organisation, details)


def find(token: str) -> Invitation:
    """The open invitation of this token. Raises DeadInvitation."""
    rows = Invitation.objects.filter(_is_open(), token_hash=token_hash(token))
    invitation = rows.select_related("organisation").first()
    if invitation is None:
        raise DeadInvitation
    return invitation


def is_for(invitation: Invitation, user: User) -> bool:
    """Is it their address: the account's own, or one that they have confirmed?

    Whoever holds the secret has read the letter, so the account's own address need not be
    confirmed beforehand.
    """
    return invitation.email.lower() in {user.email.lower(), *confirmed_addresses(user.id)}


def accept(token: str, user: User) -> Membership:
    """Makes the person a member, once. Raises DeadInvitation, also for another's address."""
    with transaction.atomic():
        invitation = find(token)
        if not is_for(invitation, user):
            raise DeadInvitation
        now = timezone.now()
        # Of two browsers that accept at once, one finds it used.
        if not Invitation.objects.filter(_is_open(), id=invitation.id).update(accepted_at=now):
            raise DeadInvitation
        membership = _enter(invitation, user)
        organisation = invitation.organisation
        record("team.joined", user, organisation, {"role": membership.role})
        rights_changed.send(sender=Organisation, user_ids=[user.id])
    return membership


def confirmed_addresses(user_id: UUID) -> set[str]:
    """In small letters."""
    rows = EmailAddress.objects.filter(user_id=user_id, verified=True)
    return {address.lower() for address in rows.values_list("email", flat=True)}


def _enter(invitation: Invitation, user: User) -> Membership:
    """Who is a member already keeps their role: an old letter neither promotes nor demotes."""
    membership, is_new = Membership.objects.get_or_create(
        organisation=invitation.organisation, user=user, defaults={"role": invitation.role}
    )
    if not is_new and membership.ended_at is not None:
        membership.role, membership.ended_at = invitation.role, None
        membership.save(update_fields=["role", "ended_at"])
    return membership


def _is_open() -> Q:
    return Q(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())


def _has_address(email: str) -> Q:
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return Q(user__email__iexact=email) | Q(user__in=confirmed.values("user"))
