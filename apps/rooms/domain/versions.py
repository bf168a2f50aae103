"""Named states of a design: kept, listed, forgotten. What a state said stands in the log."""

from uuid import UUID

from apps.core import clock
from apps.core.errors import Conflict, NotFound
from apps.designs.models import DesignSession
from apps.designs.rules import Access
from apps.rooms.domain.reading import current_seq
from apps.rooms.models import Version

MOST_VERSIONS = 200  # of one design: a list that people read


def keep_version(design: DesignSession, by: Access, name: str) -> Version:
    """Names what the design says now. The caller has checked Action.KEEP_VERSION.

    Raises Conflict when there are too many.
    """
    if design.versions.count() >= MOST_VERSIONS:
        raise Conflict(f"There are {MOST_VERSIONS} versions already. Forget some first.")
    return Version.objects.create(
        design=design, seq=current_seq(design), name=name, by_name=by.name, at=clock.now()
    )


def forget_version(design: DesignSession, version_id: UUID) -> None:
    """Takes the name away; nothing that the design ever said. Raises NotFound."""
    deleted, _ = design.versions.filter(id=version_id).delete()
    if not deleted:
        raise NotFound("There is no such version.")
