"""The addresses of the sockets."""

from typing import Any

from channels.exceptions import DenyConnection
from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path, re_path

from apps.rooms.consumers.document import DocumentConsumer
from apps.rooms.consumers.events import EventsConsumer
from apps.rooms.documents import DocumentName


class NoSuchSocket(AsyncWebsocketConsumer):
    """Refused like a socket that one may not open: with 403, and no fault in the log."""

    async def connect(self) -> None:
        raise DenyConnection


# Django types `path` for pages only; Channels' router takes ASGI applications in the same place.
SOCKETS: dict[str, Any] = {
    "board": DocumentConsumer.as_asgi(document=DocumentName.BOARD),
    "private": DocumentConsumer.as_asgi(document=DocumentName.PRIVATE),
    "own": DocumentConsumer.as_asgi(document=DocumentName.OWN),
    "events": EventsConsumer.as_asgi(),
}
NO_SUCH_SOCKET: Any = NoSuchSocket.as_asgi()
websocket_urlpatterns = [
    *(path(f"ws/designs/<uuid:design_id>/{name}", socket) for name, socket in SOCKETS.items()),
    re_path("", NO_SUCH_SOCKET),
]
