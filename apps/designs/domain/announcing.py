"""Says, once the transaction has committed, that somebody's right may have changed."""

from functools import partial
from uuid import UUID

from django.db import transaction

from apps.core.events import Audience, publish
from apps.designs import signals
from apps.designs.models import DesignSession


def announce_access(design_id: UUID) -> None:
    """Open sockets ask the policy again, and lists of people are fetched anew."""
    send = partial(signals.access_changed.send, sender=DesignSession, design_id=design_id)
    transaction.on_commit(send)
    publish(design_id, Audience.EVERYBODY, "people.changed", {})
