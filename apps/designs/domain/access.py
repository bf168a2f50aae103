"""What is this actor on that design session? Every page, request, socket and task asks here."""

from uuid import UUID

from apps.accounts.actors import Actor
from apps.core.permissions import Action, Role
from apps.designs.domain import conflict
from apps.designs.domain.queries import links, people
from apps.designs.models import DesignSession, Participant, ShareLink
from apps.designs.rules import Access, check
from apps.teams.domain.queries.members import membership_of
from apps.teams.domain.second_factor import lacks_what_is_asked
from apps.teams.models import Membership
from apps.teams.rules import MemberRole

VISITOR = "Visitor"
VISITOR_COLOR = 6
# Roles that read what is kept about the candidate.
INSIDERS = frozenset({Role.OWNER, Role.INTERVIEWER, Role.ADMIN})


def open_design(actor: Actor, design_id: UUID, action: Action) -> tuple[DesignSession, Access]:
    """The design and the actor's access to it, if that allows the action.

    Raises NotFound alike for a design that does not exist and for one that is not the actor's.
    """
    design = DesignSession.objects.filter(id=design_id).first()
    access = check(access_for(actor, design) if design else None, action)
    assert design is not None
    return design, access


def access_for(actor: Actor, design: DesignSession) -> Access | None:
    """A participant's role; else what the design's organisation gives to its administrators; else
    the right to look that a read-only link gives to its holder.

    A link to take part gives nothing by itself: its holder joins with a name first. Who was
    removed stays out, whatever links their browser holds. Who is the candidate is nothing else.
    """
    access = _access_by_place(actor, design)
    if access is None or access.role not in INSIDERS:
        return access
    if not _organisation_allows(actor, design):
        return None
    if access.role != Role.OWNER and conflict.was_candidate(actor, design):
        conflict.record_refusal(actor, design, access.role)
        return None
    return access


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


def _access_by_place(actor: Actor, design: DesignSession) -> Access | None:
    participant = people.participant_of(actor, design.id)
    if participant is None:
        return _admin_access(actor, design) or _visitor_access(actor, design)
    if participant.removed_at is not None:
        return None
    if participant.link is not None and not links.is_live(participant.link):
        return _visitor_access(actor, design)
    return _participant_access(participant, design)


def _organisation_allows(actor: Actor, design: DesignSession) -> bool:
    """Who has left the organisation, or lacks the second factor it asks for, is no insider of its
    designs. Interviewers from outside are."""
    membership = _membership(actor, design)
    if membership is None:
        return True
    if membership.ended_at is not None:
        return False
    return not lacks_what_is_asked(membership.user_id, membership.organisation)


def _admin_access(actor: Actor, design: DesignSession) -> Access | None:
    membership = _membership(actor, design)
    if membership is None or membership.ended_at or membership.role != MemberRole.ADMIN:
        return None
    return Access(
        design_id=design.id,
        role=Role.ADMIN,
        name=actor.name,
        color=VISITOR_COLOR,
        ended=design.ended_at is not None,
        reads_notes=membership.organisation.admins_read_notes,
    )


def _membership(actor: Actor, design: DesignSession) -> Membership | None:
    if design.organisation_id is None:
        return None
    return membership_of(actor.user_id, design.organisation_id)


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
        ends_at=participant.link.expires_at if participant.link else None,
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
        ends_at=link.expires_at,
    )
