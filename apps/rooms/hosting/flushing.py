"""When does a room say what is new? At once while it is small, in ticks when it is large."""

import asyncio

from apps.rooms.hosting.bridge import Bridge
from apps.rooms.hosting.settings import Timing
from apps.rooms.hosting.turns import turns_of
from apps.rooms.room.room import Room


class Flusher:
    """In a large room most of the work is to write to everybody's socket: what comes within a tick
    goes out together. In a small one, what comes within a turn of the loop."""

    def __init__(self, room: Room, bridge: Bridge, timing: Timing) -> None:
        self._room = room
        self._bridge = bridge
        self._timing = timing
        self._is_scheduled = False
        self._flushed_at = 0.0
        self._loop = asyncio.get_running_loop()  # to ask for it each time is dear
        self._turns = turns_of(self._loop, timing.turns_apart_s)

    def schedule(self) -> None:
        if not self._is_scheduled:
            self._is_scheduled = True
            self._turns.at_end(self._flush_when_due)

    def _flush_when_due(self) -> None:
        due = self._flushed_at + self._timing.tick_s
        if len(self._room.connections) < self._timing.large_room or due <= self._loop.time():
            self._flush()
        else:
            self._loop.call_at(due, self._flush)

    def _flush(self) -> None:
        self._is_scheduled = False
        self._flushed_at = self._loop.time()
        self._room.flush()
        if pointed := self._room.pointed:
            self._room.pointed = []
            self._bridge.tell_presence(pointed)
