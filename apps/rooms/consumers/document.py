"""The socket of a live document: who may have it, and the way between it and the room.

In direct mode messages do not come through here one by one: the socket calls `hear` itself.
"""

import asyncio
import logging
from typing import Any

from asgiref.typing import WebSocketReceiveEvent
from channels.db import database_sync_to_async
from django.conf import settings

from apps.core.json import JsonObject
from apps.core.permissions import Action
from apps.designs.rules import Access, can
from apps.rooms.consumers.admission import paces_of
from apps.rooms.consumers.guarded import GuardedConsumer
from apps.rooms.direct import EXTENSION
from apps.rooms.direct.socket import DirectSocket
from apps.rooms.documents import READ, WRITE, DocumentKey, DocumentName
from apps.rooms.domain.beginnings import begin_own
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
    socket: DirectSocket | Outbox
    hosted: HostedRoom | None = None

    def __init__(self, document: DocumentName, **options: Any) -> None:
        super().__init__(**options)
        self.document = document
        self.needed: Action = READ[document]
        self._paces: tuple[Pace, ...] = ()

    def may_open(self, access: Access) -> bool:
        """What is one's own stays with the participant for whom the socket was opened."""
        if self.document is DocumentName.OWN and self.key_for(access).owner_id is None:
            return False
        is_another = self.hosted is not None and self.key_for(access) != self.hosted.key
        return super().may_open(access) and not is_another

    def key_for(self, access: Access) -> DocumentKey:
        owner = access.participant_id if self.document is DocumentName.OWN else None
        return DocumentKey(self.design_id, self.document, owner)

    async def accept(self, *arguments: Any) -> None:
        """Takes the socket over where the server offers it, which has to be before it is open."""
        take_over = self.scope.get("extensions", {}).get(EXTENSION)
        self.socket = take_over() if take_over else Outbox(self._send_frame, self.close)
        await super().accept(*arguments)

    async def opened(self) -> None:
        self.connection = Connection(self.socket, person_of(self.access, self.document))
        key = self.key_for(self.access)
        try:
            if key.owner_id:
                await database_sync_to_async(begin_own)(key)
            self.hosted = await current_host().join(key, self.connection)
        except Exception:
            logger.exception("%s of %s cannot be opened", key.name, key.design_id)
            self.socket.close(CloseCode.NOT_STORED, "the store does not answer")
        self.start_hearing(paces_of(self.ticket))

    def start_hearing(self, paces: tuple[Pace, ...]) -> None:
        """paces: all that a message has to pass."""
        self._paces = paces
        self._clock = asyncio.get_running_loop().time
        self._listen()

    def _listen(self) -> None:
        if isinstance(self.socket, DirectSocket):
            self.socket.listen(self.hear)

    async def websocket_receive(self, message: WebSocketReceiveEvent) -> None:
        """A message that has come the plain way."""
        frame = message.get("bytes")
        if frame is None:
            self.socket.close(CloseCode.NOT_OF_THE_PROTOCOL, "binary frames only")
        elif len(frame) > settings.SOCKET_FRAME_MAX_BYTES:
            self.socket.close(CloseCode.TOO_LARGE, "message too large")
        else:
            self.hear(frame)

    def hear(self, frame: bytes) -> None:
        """One message, by either way. The hottest line of the product leads through here."""
        hosted = self.hosted
        if hosted is None or self.socket.is_closing:
            return
        now = self._clock()
        is_droppable = is_presence(frame)
        for pace in self._paces:
            verdict = pace.judge(now, is_droppable)
            if verdict is not Verdict.TAKE:
                if verdict is Verdict.TOO_FAST:
                    self._stop_for_speed(hosted)
                return
        try:
            hosted.receive(self.connection, frame, now)
        except ProtocolError as error:
            self.socket.close(CloseCode.NOT_OF_THE_PROTOCOL, error.reason.value)

    def _stop_for_speed(self, hosted: HostedRoom) -> None:
        hosted.refuse_next(self.connection, Refusal.TOO_FAST)
        self.socket.close(CloseCode.NOT_OF_THE_PROTOCOL, Refusal.TOO_FAST.value)

    async def access_changed(self, message: dict[str, Any]) -> None:
        """What is said meanwhile waits for the answer, as it does by itself on the plain way."""
        if isinstance(self.socket, DirectSocket):
            self.socket.hold()
        try:
            await super().access_changed(message)
        finally:
            self._listen()

    async def renewed(self) -> None:
        self.connection.person = person_of(self.access, self.document)

    async def ended(self) -> None:
        self.socket.close(CloseCode.NOT_ALLOWED, "not allowed any more")

    async def closed(self) -> None:
        if self.hosted:
            await current_host().leave(self.hosted, self.connection)

    async def _send_frame(self, frame: bytes) -> None:
        await self.send(bytes_data=frame)


def person_of(access: Access, document: DocumentName) -> Person:
    """Who the room takes them for; `user` is what the others see."""
    user: JsonObject = {
        "name": access.name,
        "color": access.color,
        "role": access.role.value,
        "participant": str(access.participant_id) if access.participant_id else None,
    }
    reads_history = can(access, Action.READ_HISTORY)
    return Person(user, access.participant_id, _refusal(access, document), reads_history)


def _refusal(access: Access, document: DocumentName) -> Refusal | None:
    if can(access, WRITE[document]):
        return None
    return Refusal.ENDED if access.ended else Refusal.READ_ONLY
