"""The ASGI application: pages and REST by Django, sockets by the rooms."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
http = get_asgi_application()

# Models may be imported only after the line above has loaded the apps.
from apps.accounts.sockets import ActorSocketMiddleware, OriginCheck  # noqa: E402
from apps.rooms.routing import websocket_urlpatterns  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": OriginCheck(ActorSocketMiddleware(URLRouter(websocket_urlpatterns))),
    }
)
