"""What is this actor on that design session? Every page, request, socket and task asks here."""

from uuid import UUID

from apps.accounts.actors import Actor
from apps.core.permissions import Action, Role
from apps.designs.domain.queries import links, people
from apps.designs.models import DesignSession, Participant, ShareLink
from apps.designs.rules import Access, check

VISITOR = "Visitor"
VISITOR_COLOR = 6


def open_design(actor: Actor, design_id: UUID, action: Action) -> tuple[DesignSession, Access]:
    """The design and the actor's access to it, if that allows the action.

    Raises NotFound alike for a design that does not exist and for one that is not the actor's.
    """
    design = DesignSession.objects.filter(id=design_id).first()
    access = check(access_for(actor, design) if design else None, action)
    assert design is not None
    return design, access


def access_for(actor: Actor, design: DesignSession) -> Access | None:
    """A participant's role; else the right to look that a read-only link gives to its holder.

    A link to take part gives nothing by itself: its holder joins with a name first. Who was
    removed stays out, whatever links their browser holds.
    """
    participant = people.participant_of(actor, design.id)
    if participant is None:
        return _visitor_access(actor, design)
    if participant.removed_at is not None:
        return None
    if participant.link is not None and not links.is_live(participant.link):
        return _visitor_access(actor, design)
    return _participant_access(participant, design)


def granted_link(actor: Actor, design_id: UUID) -> ShareLink | None:
    """The live link of this design whose token the actor's browser has exchanged, if any."""
    link_id = actor.link_grants.get(design_id)
    link = ShareLink.objects.filter(id=link_id, design_id=design_id).first() if link_id else None
    return link if link and links.is_live(link) else None


def link_to_join_by(actor: Actor, design_id: UUID) -> ShareLink | None:
    """The link by which the actor may come to take part, if they hold one and were not removed."""
    link = granted_link(actor, design_id)
    if link is None or link.role == Role.OBSERVER:
        return None
    participant = people.participant_of(actor, design_id)
    return None if participant and participant.removed_at else link


def _participant_access(participant: Participant, design: DesignSession) -> Access:
    return Access(
        design_id=design.id,
        role=Role(participant.role),
        name=participant.name,
        color=participant.color,
        ended=design.ended_at is not None,
        participant_id=participant.id,
        is_waiting=_waits(participant, design),
        is_frozen=design.is_frozen,
    )


def _waits(participant: Participant, design: DesignSession) -> bool:
    if participant.role not in (Role.CANDIDATE, Role.OBSERVER):
        return False
    return design.opened_at is None and participant.admitted_at is None


def _visitor_access(actor: Actor, design: DesignSession) -> Access | None:
    link = granted_link(actor, design.id)
    if link is None or link.role != Role.OBSERVER:
        return None
    return Access(
        design_id=design.id,
        role=Role.OBSERVER,
        name=actor.name or VISITOR,
        color=VISITOR_COLOR,
        ended=design.ended_at is not None,
        is_waiting=design.opened_at is None,
    )
