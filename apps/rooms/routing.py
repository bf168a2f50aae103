"""The addresses of the sockets."""

from typing import Any

from django.urls import path

from apps.rooms.consumers.document import DocumentConsumer
from apps.rooms.consumers.events import EventsConsumer
from apps.rooms.documents import DocumentName

# Django types `path` for pages only; Channels' router takes ASGI applications in the same place.
SOCKETS: dict[str, Any] = {
    "board": DocumentConsumer.as_asgi(document=DocumentName.BOARD),
    "private": DocumentConsumer.as_asgi(document=DocumentName.PRIVATE),
    "events": EventsConsumer.as_asgi(),
}
websocket_urlpatterns = [
    path(f"ws/designs/<uuid:design_id>/{name}", socket) for name, socket in SOCKETS.items()
]
