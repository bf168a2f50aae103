"""What every socket passes through before a consumer sees it: the origin check, then the actor."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from channels.auth import AuthMiddlewareStack
from channels.db import database_sync_to_async
from django.conf import settings

from apps.accounts.domain.identify import identify

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
# The libraries describe the three arguments of an ASGI application each in their own types.
App = Callable[[Any, Any, Any], Awaitable[None]]


class OriginCheck:
    """Refuses a socket (403) unless its Origin is exactly ours or a trusted one.

    A missing or `null` origin is refused too: browsers always send a real one.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if is_own_origin(scope):
            await self.app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 4403})


def is_own_origin(scope: Scope) -> bool:
    headers = dict(scope.get("headers", []))
    origin = headers.get(b"origin", b"").decode("latin-1").lower()
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    host = headers.get(b"host", b"").decode("latin-1").lower()
    is_secure = settings.BEHIND_TLS or scope.get("scheme") == "wss"
    own = f"{'https' if is_secure else 'http'}://{host}"
    return origin == own and is_allowed_host(host)


def is_allowed_host(host: str) -> bool:
    from django.http.request import split_domain_port, validate_host

    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


class ActorFromScope:
    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["actor"] = await database_sync_to_async(identify)(
            scope["user"]._wrapped if hasattr(scope["user"], "_wrapped") else scope["user"],
            scope["session"],
            scope["cookies"],
        )
        await self.app(scope, receive, send)


def ActorSocketMiddleware(app: App) -> App:  # noqa: N802 - composes middleware like a class
    """Sets `scope["actor"]` from the session and the guest cookie."""
    return cast(App, AuthMiddlewareStack(ActorFromScope(app)))
