"""Share links: an address that gives its holder a role until it is revoked or expires."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.core.errors import Invalid, NotFound
from apps.core.ids import new_token, token_hash
from apps.core.permissions import Role
from apps.designs import signals
from apps.designs.domain.announcing import announce_access
from apps.designs.domain.queries.links import is_live
from apps.designs.models import LINK_ROLES, DesignSession, ShareLink
from apps.designs.rules import Access


class DeadLink(NotFound):
    """Alike for a link that never was, was revoked or has run out, and for who was removed."""

    def __init__(self) -> None:
        super().__init__("This link does not open anything. Ask who sent it for a new one.")


def create_link(
    access: Access, design: DesignSession, role: Role, expires_at: datetime | None = None
) -> tuple[ShareLink, str]:
    """A new link and its token, which is nowhere else: only a hash of it is stored.

    Raises Invalid for a link that would make an owner or administrator, or has ended before it
    began.
    """
    assert access.design_id == design.id  # the caller checked MANAGE_LINKS on it
    if role not in LINK_ROLES:
        raise Invalid(f"A link cannot make somebody {role.value}.")
    if expires_at is not None and expires_at <= timezone.now():
        raise Invalid("A link must end in the future.")
    token = new_token()
    with transaction.atomic():
        link = ShareLink.objects.create(
            design=design, role=role.value, token_hash=token_hash(token), expires_at=expires_at
        )
        signals.link_made.send(
            ShareLink,
            design_id=design.id,
            link_id=link.id,
            role=link.role,
            by_id=access.participant_id,
            by_name=access.name,
        )
    return link, token


def revoke_link(design: DesignSession, link_id: UUID) -> None:
    """Ends the link and the rights of all who came in by it. Raises NotFound if it is not alive."""
    with transaction.atomic():
        rows = design.links.filter(id=link_id, revoked_at__isnull=True)
        if not rows.update(revoked_at=timezone.now()):
            raise NotFound("There is no such link on this session.")
        announce_access(design.id)
        signals.link_revoked.send(ShareLink, design_id=design.id, link_id=link_id)


def exchange(token: str) -> ShareLink:
    """The link that this token opens. Raises DeadLink."""
    link = ShareLink.objects.filter(token_hash=token_hash(token)).select_related("design").first()
    if link is None or not is_live(link):
        raise DeadLink
    return link
