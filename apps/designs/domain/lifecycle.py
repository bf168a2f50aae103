"""What happens to a design session as a whole after its creation."""

from django.db import transaction
from django.utils import timezone

from apps.core.events import Audience, publish
from apps.designs import signals
from apps.designs.domain.announcing import announce_access
from apps.designs.models import DesignSession


def rename(design: DesignSession, title: str) -> None:
    design.title = title
    design.updated_at = timezone.now()
    with transaction.atomic():
        design.save(update_fields=["title", "updated_at"])
        publish(design.id, Audience.EVERYBODY, "design.renamed", {"title": title})


def end(design: DesignSession) -> None:
    """Makes the record final. Ending what has ended changes nothing."""
    now = timezone.now()
    with transaction.atomic():
        open_row = DesignSession.objects.filter(id=design.id, ended_at__isnull=True)
        if not open_row.update(ended_at=now, updated_at=now):
            return
        publish(design.id, Audience.EVERYBODY, "design.ended", {})
        announce_access(design.id)
        signals.design_ended.send(sender=DesignSession, design_id=design.id)
    design.refresh_from_db()
