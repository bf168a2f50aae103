"""How each endpoint gets at a design: through the policy, or not at all."""

from uuid import UUID

from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from apps.accounts.actors import Actor
from apps.accounts.middleware import actor_of
from apps.core.permissions import Action
from apps.designs.domain.access import open_design
from apps.designs.models import DesignSession
from apps.designs.rules import Access


def opened(request: Request, design_id: UUID, action: Action) -> tuple[DesignSession, Access]:
    """The design and the asker's access. Raises NotFound, whatever the reason."""
    return open_design(actor_of(request._request), design_id, action)


def known_actor(request: Request) -> Actor:
    """Who asks, if that is somebody to whom a new design can belong. Raises PermissionDenied."""
    actor = actor_of(request._request)
    if actor.is_stranger:
        raise PermissionDenied("Sign in, or start a board on the first page, and ask again.")
    return actor
