"""When does a room say what is new? At once while it is small, in ticks when it is large."""

import asyncio

from apps.rooms.hosting.bridge import Bridge
from apps.rooms.hosting.settings import Timing
from apps.rooms.room.room import Room


class Flusher:
    """In a large room most of the work is to write to everybody's socket: what comes within a tick
    goes out together."""

    def __init__(self, room: Room, bridge: Bridge, timing: Timing) -> None:
        self._room = room
        self._bridge = bridge
        self._timing = timing
        self._handle: asyncio.Handle | None = None
        self._flushed_at = 0.0
        self._loop = asyncio.get_running_loop()  # to ask for it each time is dear

    def schedule(self) -> None:
        if self._handle is not None:
            return
        loop = self._loop
        due = self._flushed_at + self._timing.tick_s
        if len(self._room.connections) < self._timing.large_room or due <= loop.time():
            self._handle = loop.call_soon(self._flush)
        else:
            self._handle = loop.call_at(due, self._flush)

    def _flush(self) -> None:
        self._handle = None
        self._flushed_at = self._loop.time()
        self._room.flush()
        if pointed := self._room.pointed:
            self._room.pointed = []
            self._bridge.tell_presence(pointed)
