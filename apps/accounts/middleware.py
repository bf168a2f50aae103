"""Sets `request.actor`, lazily, for every page and REST request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from apps.accounts.actors import Actor
from apps.accounts.domain.identify import identify


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Taken now, still lazy: REST framework replaces `request.user` later on.
        user = request.user
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: identify(user, request.session, request.COOKIES)
        )
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the middleware has found; typed, where `request.actor` is not."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
