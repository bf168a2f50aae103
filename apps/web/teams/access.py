"""How each page of a team gets at it: through its table of roles, or not at all."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.accounts.middleware import actor_of
from apps.teams.domain.opening import open_organisation
from apps.teams.models import Membership
from apps.teams.rules import TeamAction

P = ParamSpec("P")


def for_members(
    action: TeamAction,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Membership, P], HttpResponse]],
    Callable[..., HttpResponse],
]:
    """Hands the view the asker's membership. Raises NotFound for who may not do the action."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Membership, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(
            request: HttpRequest, /, team_id: UUID, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            membership = open_organisation(actor_of(request).user_id, team_id, action)
            return view(request, membership, *args, **kwargs)

        return opened

    return decorate
