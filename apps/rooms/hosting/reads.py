"""What a room wants to know of its document, which only the reader's process opens."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from apps.rooms.documents import SCHEMAS, DocumentKey
from apps.rooms.domain import log
from apps.rooms.hosting.loading import summed_up
from apps.rooms.hosting.settings import Timing
from apps.rooms.hosting.threads import reading, writing
from apps.rooms.reader import Reading, Want, aread
from apps.rooms.room import protocol
from apps.rooms.room.burst import Burst
from apps.rooms.room.connection import Connection
from apps.rooms.room.protocol import Check, CloseCode
from apps.rooms.room.room import Room

Begin = Callable[[Coroutine[Any, Any, None]], None]


class Reads:
    """Snapshots now and then, and answers to those who ask whether their document is the right one.

    begin: starts an errand of the room. An errand raises Unreadable if the document cannot be read.
    """

    def __init__(
        self, key: DocumentKey, log_id: int, room: Room, timing: Timing, begin: Begin
    ) -> None:
        self._key = key
        self._log_id = log_id
        self._room = room
        self._timing = timing
        self._begin = begin
        self._is_summing_up = False
        self._is_stopped = False
        self._checking: asyncio.Handle | None = None
        self._checked_at = 0.0

    def see_to_it(self) -> None:
        """Begins what is due."""
        if self._room.checks and self._checking is None:
            loop = asyncio.get_running_loop()
            due = max(self._checked_at + self._timing.check_every_s, loop.time())
            self._checking = loop.call_at(due, self._begin_checks)
        is_long = self._room.timeline.rows_since_base > self._timing.snapshot_rows
        if is_long or self._room.waits_for_snapshot:
            self.sum_up()

    def sum_up(self) -> None:
        """Begins to make a snapshot, unless one is being made."""
        if not self._is_summing_up:
            self._is_summing_up = True
            self._begin(self._sum_up())

    def stop(self) -> None:
        """Begins nothing more. A snapshot that is being made is kept, for the next room."""
        self._is_stopped = True
        if self._checking:
            self._checking.cancel()

    # Snapshots

    async def _sum_up(self) -> None:
        newcomers = self._room.take_newcomers()
        try:
            seq = self._room.timeline.seq
            if reading_ := await self._read(seq, Want.SNAPSHOT):
                await writing.run(log.save_snapshot, self._log_id, seq, reading_.snapshot)
                if self._is_stopped:
                    return  # nobody is left to tell
                await self._rebase(reading_.snapshot, seq)
            self._room.let_in(newcomers)
        except BaseException:
            for connection in newcomers:
                connection.socket.close(CloseCode.NOT_STORED, "the document was not read")
            raise
        finally:
            self._is_summing_up = False
        self.see_to_it()

    async def _rebase(self, snapshot: bytes, seq: int) -> None:
        base = await reading.run(summed_up, self._key.name, snapshot)
        self._room.timeline.rebase(base, seq)

    # Checks

    def _begin_checks(self) -> None:
        self._checking = None
        self._checked_at = asyncio.get_running_loop().time()
        checks, self._room.checks = self._room.checks, {}
        if checks:
            self._begin(self._answer(checks))

    async def _answer(self, checks: dict[Connection, Check]) -> None:
        """Compares the documents of those who stand at the same row. The others have changed since
        they asked, and will ask again."""
        seq = max(check.seq for check in checks.values())
        if digested := await self._read(seq, Want.DIGEST):
            for connection, check in checks.items():
                if check.seq == seq:
                    is_equal = check.digest == digested.digest
                    connection.socket.send(Burst((protocol.checked_frame(seq, is_equal=is_equal),)))

    async def _read(self, seq: int, want: Want) -> Reading | None:
        """None if the document as it was at `seq` is not kept any more."""
        payloads = self._room.timeline.payloads(seq)
        if payloads is None:
            return None
        return await aread(payloads, SCHEMAS[self._key.name], frozenset({want}))
