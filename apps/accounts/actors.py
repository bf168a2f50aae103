"""Who is asking: the one value that pages, REST, sockets and tasks hand to the policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """Somebody who asks for something.

    user_id, guest_id: at most one is set; neither for a stranger.
    link_grants: design id -> id of the share link whose token this browser has exchanged.
    """

    user_id: UUID | None = None
    guest_id: UUID | None = None
    name: str = ""
    link_grants: Mapping[UUID, UUID] = field(default_factory=dict)

    @property
    def is_stranger(self) -> bool:
        return self.user_id is None and self.guest_id is None
