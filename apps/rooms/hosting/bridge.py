"""What processes with the same room tell one another over the channel layer.

All of it is a hint that may be lost: the log has the changes, clients repeat their presence. A
proxy leads everybody in a room to one process, if it can: a room is silent until it hears of
another process that has it too.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from channels import DEFAULT_CHANNEL_LAYER
from channels.layers import BaseChannelLayer, InMemoryChannelLayer, channel_layers

from apps.core.ids import new_id
from apps.rooms.documents import DocumentKey
from apps.rooms.groups import RELOAD, room_group
from apps.rooms.room.protocol import PresenceEntry, presence_body

Message = dict[str, Any]
logger = logging.getLogger(__name__)

COMPANY_LASTS_S = 30.0  # who has not been heard of for so long has left

PRESENCE_EVERY_S = 0.04  # a message to another process costs as much as ten to a browser

PROCESS = str(new_id())  # tells our own messages from those of others


def is_shared() -> bool:
    """Whether there can be other processes with the same rooms."""
    return not isinstance(channel_layers[DEFAULT_CHANNEL_LAYER], InMemoryChannelLayer)


class Bridge:
    """Hears the other processes of one room, and is silent where there can be none."""

    def __init__(self, key: DocumentKey, hear: Callable[[Message], None]) -> None:
        self._group = room_group(key)
        self._hear = hear
        self._layer: BaseChannelLayer = channel_layers[DEFAULT_CHANNEL_LAYER]
        self._channel = ""
        self._heard_at = -COMPANY_LASTS_S
        self._listening: asyncio.Task[None] | None = None
        self._sending: set[asyncio.Task[None]] = set()
        self._untold: dict[int, PresenceEntry] = {}  # the latest of each client

    @property
    def has_company(self) -> bool:
        """Whether another process has the room now, as far as this one has heard."""
        return time.monotonic() - self._heard_at < COMPANY_LASTS_S

    async def open(self) -> None:
        """From now on no hint is missed; to be called before the log is read."""
        self._channel = await self._layer.new_channel()
        await self._layer.group_add(self._group, self._channel)
        self._listening = asyncio.create_task(self._listen(), name="room bridge")

    async def close(self) -> None:
        if self._listening is None:
            return
        self._tell_latest()
        self._listening.cancel()
        await asyncio.gather(self._listening, *self._sending, return_exceptions=True)
        await self._layer.group_discard(self._group, self._channel)

    def tell_seq(self, seq: int) -> None:
        if self.has_company:
            self._send({"kind": "seq", "seq": seq})

    def tell_presence(self, entries: list[PresenceEntry]) -> None:
        """Soon: pointers that are far away may move in steps."""
        if not entries or not self.has_company:
            return
        if not self._untold:
            asyncio.get_running_loop().call_later(PRESENCE_EVERY_S, self._tell_latest)
        self._untold.update((entry.client_id, entry) for entry in entries)

    def _tell_latest(self) -> None:
        untold, self._untold = self._untold, {}
        if untold:
            self._send({"kind": "presence", "body": presence_body(list(untold.values()))})

    def answer(self, entries: list[PresenceEntry]) -> None:
        """To who asks: this process has the room, with these people."""
        self._send({"kind": "presence", "body": presence_body(entries)})

    def ask(self) -> None:
        """Who else has the room?"""
        self._send({"kind": "who"})

    def notice_company(self) -> None:
        """Somebody has written into the log, and was not heard of."""
        if not self.has_company:
            self._heard_at = time.monotonic()
            self.ask()

    def tell_reload(self) -> None:
        self._send(RELOAD)

    def _send(self, message: Message) -> None:
        if not is_shared():
            return
        task = asyncio.create_task(self._send_now(message))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send_now(self, message: Message) -> None:
        try:
            await self._layer.group_send(self._group, {**message, "type": "room", "from": PROCESS})
        except Exception:
            logger.warning("A hint to other processes was not sent", exc_info=True)

    async def _listen(self) -> None:
        while True:
            message = await self._layer.receive(self._channel)
            if message.get("from") != PROCESS:
                self._heard_at = time.monotonic()
                self._hear_safely(message)

    def _hear_safely(self, message: Message) -> None:
        """A message that a newer version of the program sent must not end the listening."""
        try:
            self._hear(message)
        except Exception:
            logger.warning("A hint from another process was not understood", exc_info=True)
