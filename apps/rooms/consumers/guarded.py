"""What all sockets of a design share: who may open one, and how long it may stay open."""

import asyncio
import logging
from http import HTTPStatus
from typing import Any
from uuid import UUID

from channels.consumer import get_handler_name
from channels.db import database_sync_to_async
from channels.exceptions import DenyConnection
from channels.generic.websocket import AsyncWebsocketConsumer
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError
from django.utils import timezone

from apps.accounts.actors import Actor
from apps.core.events import set_server_loop
from apps.core.permissions import Action
from apps.designs.domain.access import access_for
from apps.designs.models import DesignSession
from apps.designs.rules import Access, can
from apps.rooms.consumers.admission import admit_address, admit_person, current_limits
from apps.rooms.groups import access_group, person_group, session_group
from apps.rooms.hosting import settings
from apps.rooms.limits import Ticket, TooMany
from apps.rooms.room.protocol import CloseCode

RETRY_AFTER_S = b"10"
JUST_AFTER_S = 0.05  # timers may be early, and the database may be away when a link expires
ABNORMAL = 1006  # what a socket without a closing handshake counts as

logger = logging.getLogger(__name__)


class GuardedConsumer(AsyncWebsocketConsumer):
    """Opens for those who may do `needed`, asks again when a right may have changed, and closes
    with 4403 when it has gone. Sub-classes fill `opened`, `renewed`, `ended` and `closed`."""

    needed = Action.VIEW
    scope: dict[str, Any]  # type: ignore[assignment] # with `actor`, from `accounts.sockets`
    access: Access
    design_id: UUID
    ticket: Ticket
    is_closing = False
    _is_gone = False
    _watch: asyncio.Task[None] | None = None

    def may_open(self, access: Access) -> bool:
        """Asked in the handshake, and again whenever a right may have changed."""
        return can(access, self.needed)

    async def opened(self) -> None:
        """The socket is accepted."""

    async def renewed(self) -> None:
        """`access` is another one now, and still enough."""

    async def ended(self) -> None:
        """`access` is not enough any more."""
        await self.close(CloseCode.NOT_ALLOWED, "not allowed any more")

    async def closed(self) -> None:
        """The socket is gone. `opened` may not have run."""

    async def connect(self) -> None:
        set_server_loop(asyncio.get_running_loop())
        self.design_id = self.scope["url_route"]["kwargs"]["design_id"]
        self.ticket = Ticket(current_limits())
        try:
            await self._admit()
        except TooMany as refusal:
            await self._refuse(str(refusal))

    async def _admit(self) -> None:
        """Raises TooMany, DenyConnection."""
        admit_address(self.ticket, self.scope)
        # Listening first: a right that is taken away during the check is noticed afterwards.
        for group in self._access_groups():
            await self.channel_layer.group_add(group, self.channel_name)
        access = await find_access(self.scope, self.design_id)
        if access is None or not self.may_open(access):
            raise DenyConnection
        self.access = access
        admit_person(self.ticket, self.scope["actor"], access)
        await self.accept()
        await self.opened()
        self._watch = asyncio.create_task(self._recheck_now_and_then())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Also when a handler fails or is cancelled, nothing is left behind."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            if not self._is_gone and hasattr(self, "ticket"):
                await self.disconnect(ABNORMAL)

    async def _refuse(self, text: str) -> None:
        """429 where the server can say so, else the 403 of all refused handshakes."""
        if "websocket.http.response" not in self.scope.get("extensions", {}):
            raise DenyConnection
        headers = [(b"content-type", b"text/plain"), (b"retry-after", RETRY_AFTER_S)]
        await self.base_send(
            {
                "type": "websocket.http.response.start",
                "status": HTTPStatus.TOO_MANY_REQUESTS,
                "headers": headers,
            }
        )
        await self.base_send(
            {
                "type": "websocket.http.response.body",
                "body": text.encode(),
                "more_body": False,
            }
        )

    async def disconnect(self, _code: int) -> None:
        self._is_gone = True
        self.ticket.give_back()
        if self._watch:
            self._watch.cancel()
        for group in self._access_groups():
            await self.channel_layer.group_discard(group, self.channel_name)
        await self.closed()

    async def close(self, code: int | bool | None = None, reason: str | None = None) -> None:
        """Once: a socket may be closed for two reasons at the same time."""
        if not self.is_closing:
            self.is_closing = True
            await super().close(code, reason)

    async def access_changed(self, _message: dict[str, Any]) -> None:
        """A right on this design may have changed: everybody is asked for theirs again."""
        access = await find_access(self.scope, self.design_id)
        if access is None or not self.may_open(access):
            await self.ended()
        elif access != self.access:
            self.access = access
            await self.renewed()

    def _access_groups(self) -> list[str]:
        key = self.scope["session"].session_key
        groups = [access_group(self.design_id), *([session_group(key)] if key else [])]
        actor: Actor = self.scope["actor"]
        return [*groups, person_group(actor.user_id)] if actor.user_id else groups

    async def _recheck_now_and_then(self) -> None:
        """Links expire without anybody saying so."""
        while True:
            await asyncio.sleep(self._until_next_check_s())
            try:
                await self.access_changed({})
            except DatabaseError:
                logger.warning("A right on %s was not asked for again", self.design_id)

    def _until_next_check_s(self) -> float:
        ends_at, usual = self.access.ends_at, settings.timing.recheck_every_s
        if ends_at is None:
            return usual
        left = (ends_at - timezone.now()).total_seconds()
        return min(usual, max(left, JUST_AFTER_S))

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Without the hop to a thread that Channels takes at every frame to look after database
        connections: ours are looked after where they are used."""
        await getattr(self, get_handler_name(message))(message)


@database_sync_to_async
def find_access(scope: dict[str, Any], design_id: UUID) -> Access | None:
    """What the actor of a socket may do now. Who has signed out meanwhile may do nothing."""
    actor: Actor = scope["actor"]
    session: SessionBase = scope["session"]
    if actor.user_id and not session.exists(session.session_key or ""):
        return None
    design = DesignSession.objects.filter(id=design_id).first()
    return access_for(actor, design) if design else None
