"""The socket of everything that is not part of a document. It only speaks."""

import json
from typing import Any
from uuid import UUID

from asgiref.typing import WebSocketReceiveEvent
from channels.db import database_sync_to_async

from apps.core.events import VERSION, Audience, event_group
from apps.core.json import JsonObject
from apps.core.permissions import Action
from apps.designs.models import DesignSession
from apps.designs.rules import Access, allowed_actions, can
from apps.rooms.consumers.guarded import GuardedConsumer
from apps.rooms.room.protocol import CloseCode


class EventsConsumer(GuardedConsumer):
    """Opens in the lobby too, where it says nothing but that one may come in."""

    needed = Action.VIEW_BRIEF
    audiences: frozenset[Audience] = frozenset()

    async def opened(self) -> None:
        await self._listen_to(audiences_of(self.access))
        await self._say_hello()

    async def renewed(self) -> None:
        await self._listen_to(audiences_of(self.access))
        await self._say_hello()

    async def ended(self) -> None:
        await self._listen_to(frozenset())
        await super().ended()

    async def closed(self) -> None:
        await self._listen_to(frozenset())

    async def websocket_receive(self, _message: WebSocketReceiveEvent) -> None:
        await self.close(CloseCode.NOT_OF_THE_PROTOCOL, "this socket only speaks")

    async def event(self, message: dict[str, Any]) -> None:
        """From `core.events.publish`, in any process."""
        await self._tell(message["frame"])

    async def _say_hello(self) -> None:
        can_do = [action.value for action in allowed_actions(self.access)]
        flow = await _flow_of(self.design_id)
        if flow is None:  # erased since the socket was let in
            await self.ended()
            return
        await self._tell({"v": VERSION, "type": "hello", "can": [*can_do], "flow": flow})

    async def _tell(self, frame: JsonObject) -> None:
        if not self.is_closing:
            await self.send(text_data=json.dumps(frame))

    async def _listen_to(self, audiences: frozenset[Audience]) -> None:
        for audience in self.audiences - audiences:
            group = event_group(self.design_id, audience)
            await self.channel_layer.group_discard(group, self.channel_name)
        for audience in audiences - self.audiences:
            group = event_group(self.design_id, audience)
            await self.channel_layer.group_add(group, self.channel_name)
        self.audiences = audiences


@database_sync_to_async
def _flow_of(design_id: UUID) -> str | None:
    """For a browser that was away while the session switched to another flow."""
    return DesignSession.objects.filter(id=design_id).values_list("flow_id", flat=True).first()


def audiences_of(access: Access) -> frozenset[Audience]:
    if can(access, Action.READ_SCORES):
        return frozenset(Audience)
    return frozenset({Audience.EVERYBODY}) if can(access, Action.VIEW) else frozenset()
