"""How people come onto a design session and leave it."""

import logging
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.actors import Actor
from apps.accounts.models import Guest, User
from apps.core.errors import Conflict, NotFound
from apps.core.events import Audience, publish
from apps.core.permissions import Role
from apps.designs import signals
from apps.designs.domain.announcing import announce_access
from apps.designs.domain.queries import links, people
from apps.designs.models import DesignSession, Participant, ShareLink

COLORS = 6  # --p1 to --p6, given in order of arrival
ENDED = "This session has ended. Nobody new can join it."
BOTH_ROLES = (
    "You are on this session as the candidate, so this link does not make you an interviewer of it."
)
log = logging.getLogger(__name__)


def join(actor: Actor, link: ShareLink, name: str) -> Participant:
    """Lets the actor in with the link's role, under this name.

    Somebody who is on it already keeps their role; a new link renews a right whose link has ended.
    Raises NotFound for a dead link or somebody who was removed, Conflict if the session has ended
    or the candidate would become an interviewer of it.
    """
    if actor.is_stranger:
        raise ValueError("A stranger cannot join: make them a guest first.")
    with transaction.atomic():
        # The lock keeps two arrivals from being given one colour.
        design = DesignSession.objects.select_for_update().get(id=link.design_id)
        participant = people.participant_of(actor, design.id)
        if not links.is_live(link) or (participant and participant.removed_at):
            raise NotFound("This link does not open anything any more. Ask for a new one.")
        if participant is None:
            participant = _arrive(design, actor, link, name)
        else:
            _renew(participant, link)
        publish(design.id, Audience.EVERYBODY, "people.changed", {})
    return participant


def add_interviewers(design: DesignSession, users: Iterable[User]) -> None:
    """Puts them on it without a link. Raises Conflict if the session has ended."""
    with transaction.atomic():
        design = DesignSession.objects.select_for_update().get(id=design.id)
        if design.ended_at is not None:
            raise Conflict(ENDED)
        for color, user in enumerate(users, start=design.participants.count()):
            Participant.objects.create(
                design=design,
                user=user,
                role=Role.INTERVIEWER.value,
                name=user.display_name,
                color=color % COLORS + 1,
            )
        publish(design.id, Audience.EVERYBODY, "people.changed", {})


def remove(design: DesignSession, participant_id: UUID) -> None:
    """Takes the right from somebody, at once. The owner cannot be removed."""
    rows = design.participants.exclude(role=Role.OWNER.value).filter(removed_at__isnull=True)
    with transaction.atomic():
        if not rows.filter(id=participant_id).update(removed_at=timezone.now()):
            raise NotFound("There is no such person on this session.")
        announce_access(design.id)
        signals.person_removed.send(Participant, design_id=design.id, participant_id=participant_id)


def claim(guest_id: UUID, user: User) -> None:
    """What a guest has made becomes the user's, who has signed in from the same browser.

    Where the user is on the same session already, the two stay apart.
    """
    with transaction.atomic():
        if not Guest.objects.filter(id=guest_id, claimed_by=None).update(claimed_by=user):
            return
        taken = Participant.objects.filter(user=user).values("design_id")
        rows = Participant.objects.filter(guest_id=guest_id).exclude(design_id__in=taken)
        designs = list(rows.values_list("design_id", flat=True))
        rows.update(user=user, guest=None, name=user.display_name)
        for design_id in designs:
            announce_access(design_id)


def _arrive(design: DesignSession, actor: Actor, link: ShareLink, name: str) -> Participant:
    if design.ended_at is not None:
        raise Conflict(ENDED)
    return Participant.objects.create(
        design=design,
        user_id=actor.user_id,
        guest_id=actor.guest_id,
        role=link.role,
        name=name,
        color=design.participants.count() % COLORS + 1,
        link=link,
    )


def _renew(participant: Participant, link: ShareLink) -> None:
    if participant.link is None or links.is_live(participant.link):
        return
    if participant.role == Role.CANDIDATE and link.role == Role.INTERVIEWER:
        log.warning("Candidate %s used an interviewer link of the same session", participant.id)
        raise Conflict(BOTH_ROLES)
    participant.link = link
    participant.role = link.role
    participant.save(update_fields=["link", "role"])
