"""Events reach the sockets: after the commit, from any thread, without blocking a coroutine."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from channels.db import database_sync_to_async
from channels.layers import BaseChannelLayer, get_channel_layer
from django.db import transaction

from apps.core import events
from apps.core.events import Audience, event_group, publish, set_server_loop

DESIGN = UUID(int=1)
RENAMED = {"v": 1, "type": "design.renamed", "title": "T"}

pytestmark = pytest.mark.django_db(transaction=True)


class Listener:
    def __init__(self, layer: BaseChannelLayer, channel: str) -> None:
        self._layer = layer
        self._channel = channel

    async def next_frame(self) -> dict[str, Any]:
        message = await asyncio.wait_for(self._layer.receive(self._channel), 5)
        frame: dict[str, Any] = message["frame"]
        return frame


@pytest.fixture
async def everybody() -> AsyncIterator[Listener]:
    """Hears what is for everybody, on the loop that serves the sockets."""
    layer = get_channel_layer()
    assert layer is not None
    channel = await layer.new_channel()
    await layer.group_add(event_group(DESIGN, Audience.EVERYBODY), channel)
    set_server_loop(asyncio.get_running_loop())
    yield Listener(layer, channel)
    set_server_loop(None)


def rename(title: str) -> None:
    publish(DESIGN, Audience.EVERYBODY, "design.renamed", {"title": title})


async def test_a_thread_is_heard_at_once(everybody: Listener) -> None:
    await asyncio.to_thread(rename, "T")

    assert await everybody.next_frame() == RENAMED


async def test_a_coroutine_is_heard_and_not_held_up(everybody: Listener) -> None:
    rename("T")

    assert await everybody.next_frame() == RENAMED


async def test_nothing_is_sent_before_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr(events, "_deliver", lambda *_: order.append("sent"))

    def rename_inside() -> None:
        with transaction.atomic():
            rename("T")
            order.append("committing")

    await database_sync_to_async(rename_inside)()

    assert order == ["committing", "sent"]


async def test_what_is_rolled_back_is_never_sent(everybody: Listener) -> None:
    def fail() -> None:
        with transaction.atomic():
            rename("never")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database_sync_to_async(fail)()
    rename("T")

    assert await everybody.next_frame() == RENAMED


async def test_other_audiences_are_not_told(everybody: Listener) -> None:
    publish(DESIGN, Audience.INTERVIEWERS, "score.done", {"run": "1"})
    publish(UUID(int=2), Audience.EVERYBODY, "design.ended", {})
    rename("T")

    assert await everybody.next_frame() == RENAMED


def test_a_process_without_sockets_may_publish() -> None:
    set_server_loop(None)

    rename("T")  # on the in-memory layer nobody can hear it; on Redis it goes out
