"""What rooms do when something happens to a design."""

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from apps.core.events import broadcast
from apps.designs.document.types import DesignDocument
from apps.designs.signals import access_changed, design_created
from apps.rooms.domain.beginnings import begin
from apps.rooms.groups import access_group


@receiver(design_created)
def write_first_changes(design_id: UUID, document: DesignDocument, **_: Any) -> None:
    begin(design_id, document)


@receiver(access_changed)
def recheck_sockets(design_id: UUID, **_: Any) -> None:
    broadcast(access_group(design_id), {"type": "access.changed"})
