"""What a room says to other processes, on a channel layer of the test's own."""

import asyncio
from typing import Any

import pytest

from apps.core.ids import new_id
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.hosting import bridge
from apps.rooms.hosting.bridge import Bridge
from apps.rooms.room.protocol import PresenceEntry, read_presence


class Layer:
    """Keeps what is sent, and brings what the test puts into `coming`."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.coming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def new_channel(self) -> str:
        return "channel"

    async def group_add(self, _group: str, _channel: str) -> None: ...

    async def group_discard(self, _group: str, _channel: str) -> None: ...

    async def group_send(self, _group: str, message: dict[str, Any]) -> None:
        self.sent.append(message)

    async def receive(self, _channel: str) -> dict[str, Any]:
        return await self.coming.get()


@pytest.fixture
def layer(monkeypatch: pytest.MonkeyPatch) -> Layer:
    layer = Layer()
    monkeypatch.setattr(bridge, "channel_layers", {"default": layer})
    return layer


async def open_bridge(layer: Layer, *, in_company: bool) -> Bridge:
    heard = asyncio.Event()
    opened = Bridge(DocumentKey(new_id(), DocumentName.BOARD), lambda _: heard.set())
    await opened.open()
    if in_company:
        await layer.coming.put({"type": "room", "kind": "who", "from": "elsewhere"})
        await heard.wait()
    return opened


def entry(client_id: int, clock: int) -> PresenceEntry:
    return PresenceEntry(client_id, clock, "{}")


async def test_presence_that_comes_close_together_is_told_once(layer: Layer) -> None:
    opened = await open_bridge(layer, in_company=True)

    for clock in (1, 2, 3):
        opened.tell_presence([entry(7, clock)])
    opened.tell_presence([entry(8, 1)])
    assert layer.sent == []
    while not layer.sent:
        await asyncio.sleep(0)

    [message] = layer.sent
    assert read_presence(message["body"]) == (entry(7, 3), entry(8, 1))
    await opened.close()


async def test_the_last_presence_is_told_before_the_end(layer: Layer) -> None:
    opened = await open_bridge(layer, in_company=True)

    opened.tell_presence([PresenceEntry(7, 1, "null")])
    await opened.close()

    assert [message["kind"] for message in layer.sent] == ["presence"]


async def test_a_room_without_company_is_silent(layer: Layer) -> None:
    opened = await open_bridge(layer, in_company=False)

    opened.tell_presence([entry(7, 1)])
    opened.tell_seq(5)
    await opened.close()

    assert layer.sent == []
