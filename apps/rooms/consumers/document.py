"""The socket of a live document: frames in to the room, frames out of its outbox."""

import asyncio
import logging
from typing import Any

from asgiref.typing import WebSocketReceiveEvent
from django.conf import settings

from apps.core.json import JsonObject
from apps.core.permissions import Action
from apps.designs.rules import Access, can
from apps.rooms.consumers.guarded import GuardedConsumer
from apps.rooms.documents import READ, WRITE, DocumentKey, DocumentName
from apps.rooms.hosting.host import current_host
from apps.rooms.hosting.hosted import HostedRoom
from apps.rooms.outbox import Outbox
from apps.rooms.room.connection import Connection, Person
from apps.rooms.room.pace import Pace, Verdict
from apps.rooms.room.protocol import CloseCode, ProtocolError, Refusal, is_presence

logger = logging.getLogger(__name__)


class DocumentConsumer(GuardedConsumer):
    document: DocumentName
    connection: Connection
    outbox: Outbox
    hosted: HostedRoom | None = None
    _sender: asyncio.Task[None] | None = None

    def __init__(self, document: DocumentName, **options: Any) -> None:
        super().__init__(**options)
        self.document = document
        self.needed: Action = READ[document]
        self.pace = Pace()

    async def opened(self) -> None:
        self.outbox = Outbox(lambda frame: self.send(bytes_data=frame), self.close)
        self._sender = asyncio.create_task(self.outbox.run())
        self.connection = Connection(self.outbox, person_of(self.access, self.document))
        key = DocumentKey(self.design_id, self.document)
        try:
            self.hosted = await current_host().join(key, self.connection)
        except Exception:
            logger.exception("%s of %s cannot be opened", key.name, key.design_id)
            self.outbox.close(CloseCode.NOT_STORED, "the store does not answer")

    async def websocket_receive(self, message: WebSocketReceiveEvent) -> None:
        if self.hosted is None or self.outbox.is_closing:
            return
        frame = message.get("bytes")
        if frame is None:
            self.outbox.close(CloseCode.NOT_OF_THE_PROTOCOL, "binary frames only")
        elif len(frame) > settings.SOCKET_FRAME_MAX_BYTES:
            self.outbox.close(CloseCode.TOO_LARGE, "frame too large")
        elif self._is_in_pace(frame):
            self._hand_on(self.hosted, frame)

    def _is_in_pace(self, frame: bytes) -> bool:
        now = asyncio.get_running_loop().time()
        verdict = self.pace.judge(now, is_droppable=is_presence(frame))
        if verdict is Verdict.TOO_FAST:
            self.connection.refuse_next(Refusal.TOO_FAST)
            self.outbox.close(CloseCode.NOT_OF_THE_PROTOCOL, Refusal.TOO_FAST.value)
        return verdict is Verdict.TAKE

    def _hand_on(self, hosted: HostedRoom, frame: bytes) -> None:
        try:
            hosted.receive(self.connection, frame)
        except ProtocolError as error:
            self.outbox.close(CloseCode.NOT_OF_THE_PROTOCOL, error.reason.value)

    async def renewed(self) -> None:
        self.connection.person = person_of(self.access, self.document)

    async def ended(self) -> None:
        self.outbox.close(CloseCode.NOT_ALLOWED, "not allowed any more")

    async def closed(self) -> None:
        if self._sender:
            self._sender.cancel()
        if self.hosted:
            await current_host().leave(self.hosted, self.connection)


def person_of(access: Access, document: DocumentName) -> Person:
    """Who the room takes them for; `user` is what the others see."""
    user: JsonObject = {
        "name": access.name,
        "color": access.color,
        "role": access.role.value,
        "participant": str(access.participant_id) if access.participant_id else None,
    }
    return Person(user, access.participant_id, _refusal(access, document))


def _refusal(access: Access, document: DocumentName) -> Refusal | None:
    if can(access, WRITE[document]):
        return None
    return Refusal.ENDED if access.ended else Refusal.READ_ONLY
