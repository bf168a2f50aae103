"""How the browsers on a design hear of what is not part of its document.

`publish` may be called from a view, a task, any thread or a coroutine; nothing is sent before the
transaction around it has committed. Messages travel over the channel layer and may be lost with
it: they say that something changed, the database says what.
"""

import asyncio
import logging
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import transaction

from apps.core.json import JsonObject

VERSION = 1
log = logging.getLogger(__name__)


class Audience(StrEnum):
    EVERYBODY = "everybody"
    INTERVIEWERS = "interviewers"


def publish(design_id: UUID, audience: Audience, type: str, body: JsonObject) -> None:  # noqa: A002
    """Tells the sockets of the audience, in every process, once the transaction commits."""
    frame: JsonObject = {"v": VERSION, "type": type, **body}
    broadcast(event_group(design_id, audience), {"type": "event", "frame": frame})


def event_group(design_id: UUID, audience: Audience) -> str:
    return f"events.{design_id}.{audience}"


def broadcast(group: str, message: dict[str, Any]) -> None:
    """Sends a message to a group of the channel layer, after the commit."""
    deliver = partial(_deliver, group, message)
    if _running_loop():
        deliver()  # a coroutine has no transaction of its own to wait for
    else:
        transaction.on_commit(deliver, robust=True)


# The loop that serves the sockets of this process, if there is one. The in-memory layer belongs to
# it: anything put in from another thread would lie there until the loop wakes up by itself.
_server_loop: asyncio.AbstractEventLoop | None = None


def set_server_loop(loop: asyncio.AbstractEventLoop | None) -> None:
    global _server_loop
    _server_loop = loop


def _deliver(group: str, message: dict[str, Any]) -> None:
    loop = _delivery_loop()
    if loop is None:
        return
    sending = _send(group, message)
    if loop is _running_loop():
        _keep(loop.create_task(sending))
    else:
        _submit(sending, loop)


def _delivery_loop() -> asyncio.AbstractEventLoop | None:
    """None: nobody in this process listens, and nobody else could hear the in-memory layer."""
    if _server_loop is not None and _server_loop.is_running():
        return _server_loop
    if running := _running_loop():
        return running
    if isinstance(get_channel_layer(), InMemoryChannelLayer):
        return None
    return _background_loop()


async def _send(group: str, message: dict[str, Any]) -> None:
    try:
        if layer := get_channel_layer():
            await layer.group_send(group, message)
    except Exception:
        # Redis is away: the message is a hint, so nothing that matters is lost.
        log.warning("A message to %s was not sent", group, exc_info=True)


def _submit(sending: Coroutine[Any, Any, None], loop: asyncio.AbstractEventLoop) -> None:
    try:
        future: Future[None] = asyncio.run_coroutine_threadsafe(sending, loop)
    except RuntimeError:  # the loop was closed meanwhile: the process is going down
        sending.close()
        return
    if loop is not _server_loop:
        # A worker or a command may end right after this: wait, so that the message is out.
        future.result(timeout=5)


_tasks: set[asyncio.Task[None]] = set()


def _keep(task: asyncio.Task[None]) -> None:
    """The loop holds its tasks weakly; this holds them until they are done."""
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


@lru_cache(maxsize=1)
def _background_loop() -> asyncio.AbstractEventLoop:
    """A loop in a thread of its own, for processes that serve no sockets."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="events", daemon=True).start()
    return loop


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
