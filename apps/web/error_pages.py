"""Turns the errors of the domain into pages. REST has its own answers (`apps/api/errors.py`)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.middleware import actor_of
from apps.core.errors import Conflict, Invalid, NotFound
from apps.designs.domain.links import DeadLink
from apps.teams.domain.invitations import DeadInvitation
from apps.teams.domain.second_factor import asking_organisation
from apps.web.views.errors import not_found


class ErrorPagesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DeadLink | DeadInvitation):
            return render(request, "errors/link.html", status=404)
        if isinstance(error, NotFound):
            return _second_factor_page(request) or not_found(request)
        if isinstance(error, Conflict):
            return render(request, "errors/409.html", {"message": error}, status=409)
        if isinstance(error, Invalid):
            return render(request, "errors/400.html", {"message": error}, status=400)
        return None


def _second_factor_page(request: HttpRequest) -> HttpResponse | None:
    """For who has none although a team asks for it, whatever they looked for: it may be that."""
    user_id = actor_of(request).user_id
    team = asking_organisation(user_id) if user_id else None
    return (
        render(request, "errors/second_factor.html", {"team": team}, status=404) if team else None
    )
