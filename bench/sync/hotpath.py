"""What one message costs in this process: W3 and W4 through the real hot path, without a network.

Frames go into `DirectSocket.data_received` as uvloop hands them over, one a turn of the loop, and
come out at a transport that only counts. The log takes everything at once, in the thread that
really writes it. So the figures (CPU microseconds of the fastest of several rounds) leave out the
kernel and PostgreSQL; what is left is our own code and the loop's, which varies little from run to
run even on a busy machine.

    python -m bench.sync.hotpath [W3|W4] [--rounds 9] [--at-once 5]

With `--at-once`, the process sleeps between so many messages for as long as they would take to
come: that shows what it costs to wake up.

On a machine too busy even for that, count instructions: valgrind's callgrind tells them for a run
of one round and for one of none, and the difference is what the messages of a round take.
"""

import argparse
import asyncio
import gc
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")

import django
import uvloop
from pycrdt import Doc, Map, Text
from websockets.speedups import apply_mask

django.setup()

# Models may be imported only after the line above has loaded the apps.
from apps.core.ids import new_id  # noqa: E402
from apps.rooms.consumers.document import DocumentConsumer  # noqa: E402
from apps.rooms.direct.socket import DirectSocket  # noqa: E402
from apps.rooms.documents import SCHEMAS, DocumentKey, DocumentName  # noqa: E402
from apps.rooms.domain.batches import Batch  # noqa: E402
from apps.rooms.hosting.hosted import HostedRoom  # noqa: E402
from apps.rooms.hosting.settings import Timing  # noqa: E402
from apps.rooms.hosting.threads import writing  # noqa: E402
from apps.rooms.hosting.writer import Writer  # noqa: E402
from apps.rooms.room import protocol  # noqa: E402
from apps.rooms.room.connection import Connection, Person  # noqa: E402
from apps.rooms.room.encoding import uint  # noqa: E402
from apps.rooms.room.ledger import Ledger  # noqa: E402
from apps.rooms.room.pace import Pace  # noqa: E402
from apps.rooms.room.protocol import Kind, PresenceEntry  # noqa: E402
from apps.rooms.room.room import Room  # noqa: E402
from apps.rooms.room.timeline import Timeline  # noqa: E402

BOARD = DocumentName.BOARD
MASK = b"\x37\xfa\x21\x3d"
FAST = 1_000_000.0  # messages a second: paces are judged, and let everything pass


@dataclass(frozen=True)
class Load:
    """As in generator/workload.mjs. edit_every: of so many messages of a room one is an edit."""

    rooms: int
    clients: int
    editors: int
    edit_every: int


SUM_UP_NEVER = 10**9  # rows
# What is made of a document now and then is no part of it.
TIMING = Timing(quiet_s=600, busy_s=600, snapshot_rows=SUM_UP_NEVER)
LOADS = {"W3": Load(1, 50, 10, 11), "W4": Load(50, 4, 2, 5)}
APART_S = 0.0002  # between messages, in W4
COMMIT_EVERY = 75  # messages: what comes within 15 ms in W4


def main() -> None:
    parser = argparse.ArgumentParser(prog="hotpath", description=__doc__)
    parser.add_argument("workload", nargs="?", choices=LOADS, default="W4")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--messages", type=int, default=4400, help="of a round")
    parser.add_argument("--at-once", type=int, default=0, help="messages between two pauses")
    given = parser.parse_args()
    house = partial(House, LOADS[given.workload], given.at_once)
    figures = uvloop.run(measure(house, given.rounds, given.messages))
    print(json.dumps({"workload": given.workload, **figures}))


async def measure(house_of: Callable[[], "House"], rounds: int, messages: int) -> dict[str, float]:
    house = house_of()
    first, *others = [house.frames(messages) for _ in range(1 + max(1, rounds))]
    await house.play(first)  # once for the caches
    seconds = []
    for frames in others[:rounds]:
        gc.collect()
        house.sink.frames = 0
        before = time.process_time()
        await house.play(frames)
        seconds.append(time.process_time() - before)
    writing.stop()
    us = min(seconds, default=0.0) / messages * 1e6
    return {
        "us_per_message": round(us, 1),
        "us_per_delivery": round(us / (house.load.clients - 1), 2),
        "writes_per_message": round(house.sink.frames / messages, 2),
    }


# The house ---------------------------------------------------------------------------------------


class Sink:
    """The transport of all sockets: nobody is slow."""

    def __init__(self) -> None:
        self.frames = 0

    def write(self, _data: bytes) -> None:
        self.frames += 1

    def get_write_buffer_size(self) -> int:
        return 0

    def is_closing(self) -> bool:
        return False

    def resume_reading(self) -> None: ...


class House:
    """All rooms of the process, with everybody seated. Editors write on from round to round."""

    def __init__(self, load: Load, at_once: int) -> None:
        self.load = load
        self._at_once = at_once
        self.sink = Sink()
        self._gate = asyncio.Event()
        writer = Writer(0.0, self._store)
        seed = _seed()
        self._rooms = [self._room(seed, writer) for _ in range(load.rooms)]
        self._seats = [
            [Seat(hosted, self.sink, number) for number in range(load.clients)]
            for hosted in self._rooms
        ]
        # The same edits serve every room.
        self._editors = [Editor(seed, number) for number in range(load.editors)]

    def _room(self, seed: bytes, writer: Writer) -> HostedRoom:
        ledger = Ledger(SCHEMAS[BOARD])
        timeline = Timeline()
        timeline.append([ledger.add_stored(seed, None)])
        hosted = HostedRoom(DocumentKey(new_id(), BOARD), writer, TIMING)
        hosted.begin(1 + id(hosted), Room("epoch", ledger, timeline, is_alone=False))
        return hosted

    async def _store(self, batches: Sequence[Batch]) -> frozenset[int]:
        await self._gate.wait()
        self._gate.clear()
        return await writing.run(_take, batches)

    def frames(self, messages: int) -> list[tuple["Seat", bytes]]:
        """A round: every seat in turn, room after room."""
        load = self.load
        frames = []
        for step in range(messages // load.rooms):
            if step % load.edit_every:
                frames += [(seat, seat.cursor()) for seat in self._at(step % load.clients)]
            else:
                who = step // load.edit_every % load.editors
                edit = self._editors[who].write()
                frames += [(seat, edit) for seat in self._at(who)]
        return frames

    def _at(self, number: int) -> list["Seat"]:
        return [seats[number] for seats in self._seats]

    async def play(self, frames: Sequence[tuple["Seat", bytes]]) -> None:
        for number, (seat, frame) in enumerate(frames):
            seat.socket.data_received(frame)
            await asyncio.sleep(0)  # the turn ends, with what it has to say
            if self._at_once and number % self._at_once == 0:
                time.sleep(self._at_once * APART_S)
            if number % COMMIT_EVERY == 0:
                self._gate.set()
        while not all(hosted.is_at_rest for hosted in self._rooms):
            self._gate.set()
            await asyncio.sleep(0)


def _take(_batches: Sequence[Batch]) -> frozenset[int]:
    return frozenset()


class Seat:
    def __init__(self, hosted: HostedRoom, sink: Sink, number: int) -> None:
        self.socket = DirectSocket(cast(Any, sink), cast(Any, None), 1 << 20)
        consumer = DocumentConsumer(BOARD)
        consumer.socket = self.socket
        consumer.connection = Connection(self.socket, _person(number))
        consumer.hosted = hosted
        consumer.start_hearing((Pace(FAST, 2 * FAST), Pace(FAST, 2 * FAST), Pace(FAST, 2 * FAST)))
        self._client_id = 2_000_000_000 + number
        self._clock = 0
        hosted.join(consumer.connection)
        self.socket.data_received(_masked(uint(Kind.ASK)))
        self.socket.data_received(_masked(protocol.step_1(b"\0")))

    def cursor(self) -> bytes:
        self._clock += 1
        k = self._clock
        user = {"name": "User", "color": "#3366cc"}
        state = {"user": user, "cursor": {"x": 100 + k * 7 % 1900, "y": 100 + k * 5 % 900}}
        text = json.dumps(state, separators=(",", ":"))
        return _masked(protocol.presence_frame([PresenceEntry(self._client_id, k, text)]))


class Editor:
    """Even ones drag a component, odd ones type."""

    def __init__(self, seed: bytes, number: int) -> None:
        self._doc: Doc[Any] = Doc(client_id=2_000_000_000 + number)
        self._doc.apply_update(seed)
        self._number = number
        self._count = 0

    def write(self) -> bytes:
        """The frame of the next edit."""
        return _masked(protocol.update_frame(self._edit()))

    def _edit(self) -> bytes:
        before = self._doc.get_state()
        self._count += 1
        with self._doc.transaction():
            if self._number % 2 == 0:
                component = self._doc.get("components", type=Map)[f"c{self._number}"]
                component["x"] = float(100 + self._count * 7 % 3000)
                component["y"] = float(100 + self._count * 3 % 2000)
            else:
                note = self._doc.get("notes", type=Map)["bench"]
                note.insert(11 + self._number * 13 + self._count, "e")
        return self._doc.get_update(before)


def _person(number: int) -> Person:
    participant = new_id()
    user = {"name": f"User {number}", "color": 1, "role": "owner", "participant": str(participant)}
    return Person(cast(Any, user), participant)


def _seed() -> bytes:
    doc: Doc[Any] = Doc(client_id=1)
    with doc.transaction():
        components = doc.get("components", type=Map)
        for number in range(20):
            components[f"c{number}"] = Map({"type": "service", "x": 1.0, "y": 2.0})
        doc.get("notes", type=Map)["bench"] = Text("queue cache reads writes " * 20)
    return doc.get_update()


def _masked(message: bytes) -> bytes:
    """The frame in which a browser sends a message of less than 64 KiB."""
    size = len(message)
    length = bytes((0x80 | size,)) if size < 126 else bytes((0xFE,)) + size.to_bytes(2)
    return b"\x82" + length + MASK + apply_mask(message, MASK)


if __name__ == "__main__":
    main()
