"""What rooms do when something happens to a design."""

from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models.signals import post_delete
from django.dispatch import receiver

from apps.core.events import broadcast
from apps.designs.document.types import DesignDocument, StepBody
from apps.designs.models import DesignSession
from apps.designs.signals import access_changed, design_created, flow_switched
from apps.rooms.domain.adding import add_steps
from apps.rooms.domain.beginnings import begin
from apps.rooms.groups import access_group, person_group, session_group
from apps.teams.signals import rights_changed


@receiver(design_created)
def write_first_changes(design_id: UUID, document: DesignDocument, **_: Any) -> None:
    begin(design_id, document)


@receiver(flow_switched)
def write_further_steps(design_id: UUID, steps: list[StepBody], **_: Any) -> None:
    add_steps(DesignSession.objects.get(id=design_id), steps)


@receiver(access_changed)
def recheck_sockets(design_id: UUID, **_: Any) -> None:
    broadcast(access_group(design_id), {"type": "access.changed"})


@receiver(rights_changed)
def recheck_sockets_of_people(user_ids: list[UUID], **_: Any) -> None:
    for user_id in user_ids:
        broadcast(person_group(user_id), {"type": "access.changed"})


@receiver(post_delete, sender=Session)
def recheck_sockets_of_session(instance: Session, **_: Any) -> None:
    """Signing out deletes the session. (Django's own signal comes before the deletion.)"""
    broadcast(session_group(instance.session_key), {"type": "access.changed"})
