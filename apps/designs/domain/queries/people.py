"""Who is on a design session."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.accounts.actors import Actor
from apps.designs.domain.queries.links import live
from apps.designs.models import DesignSession, Participant


def participant_of(actor: Actor, design_id: UUID) -> Participant | None:
    """The actor's row on the design, also if it was removed or its link is dead."""
    if actor.is_stranger:
        return None
    rows = Participant.objects.filter(design_id=design_id).select_related("link")
    return rows.filter(is_actor(actor)).first()


def is_actor(actor: Actor) -> Q:
    """Participants that are this actor. Not for strangers, who are nobody."""
    return Q(user_id=actor.user_id) if actor.user_id else Q(guest_id=actor.guest_id)


def has_right(prefix: str = "") -> Q:
    """Participants that were not removed, and whose link, if one let them in, still opens.

    prefix: where the participant stands, such as "" or "participants__".
    """
    has_no_link = Q(**{f"{prefix}link__isnull": True})
    is_open = has_no_link | live(f"{prefix}link__", timezone.now())
    return Q(**{f"{prefix}removed_at__isnull": True}) & is_open


def people_on(design: DesignSession) -> QuerySet[Participant]:
    return design.participants.filter(has_right()).select_related("user")
