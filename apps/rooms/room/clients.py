"""What one client has written to a document, as ranges of its clocks."""

from bisect import bisect_left, bisect_right

from apps.rooms.room.containers import COLLECTED_AWAY, Container
from apps.rooms.room.ordering import Pieces
from apps.rooms.room.updates import TYPE, Id, united

FEW = 32  # runs of deletions, that are sooner put in one by one


class Client:
    """What one client has written, as ranges of its clocks.

    starts, homes: from which clock on its structs live in which container. types: the containers
    it made. blanks: ranges that came without their content, of which nobody knows what it was.
    deleted: start, end, start, end, … without overlap. halves: first halves of surrogate pairs.
    """

    __slots__ = (
        "blanks",
        "clock",
        "deleted",
        "halves",
        "homes",
        "pieces",
        "starts",
        "type_clocks",
        "types",
    )

    def __init__(self) -> None:
        self.clock = 0
        self.pieces = Pieces()
        self.starts: list[int] = [0]
        self.homes: list[Container] = [COLLECTED_AWAY]
        self.types: dict[int, Container] = {}
        self.type_clocks: list[int] = []
        self.blanks: list[int] = []
        self.deleted: list[int] = []
        self.halves: set[int] = set()

    def home_at(self, clock: int) -> Container:
        if clock >= self.starts[-1]:
            return self.homes[-1]
        return self.homes[bisect_right(self.starts, clock) - 1]

    def homes_in(self, start: int, end: int) -> list[tuple[int, Container]]:
        """(clock, container) of each clock; of each range only the first if it made no types."""
        out = []
        index = bisect_right(self.starts, start) - 1
        clock = start
        while clock < end:
            limit = self.starts[index + 1] if index + 1 < len(self.starts) else end
            home = self.homes[index]
            if home.content == TYPE:
                out += [(each, home) for each in range(clock, min(limit, end))]
            else:
                out.append((clock, home))
            clock = limit
            index += 1
        return out

    def was_collected(self, clock: int) -> bool:
        """Whether the struct came without its content."""
        return self.home_at(clock) is COLLECTED_AWAY or bisect_right(self.blanks, clock) & 1 == 1

    def add_halves(self, clock: int, offsets: tuple[int, ...]) -> None:
        self.halves.update([clock + offset for offset in offsets])

    def add_type(self, clock: int, made: Container) -> None:
        self.types[clock] = made
        self.type_clocks.append(clock)

    def note_deleted(self, start: int, end: int) -> None:
        _add_run(self.blanks, start, end)
        _add_run(self.deleted, start, end)

    def is_deleted(self, clock: int) -> bool:
        return bisect_right(self.deleted, clock) & 1 == 1

    def is_deleted_run(self, start: int, end: int) -> bool:
        index = bisect_right(self.deleted, start)
        return index & 1 == 1 and end <= self.deleted[index]

    def not_deleted_in(self, start: int, end: int) -> list[Id]:
        """The parts that are in no deleted run, and in nothing that is gone."""
        if self._is_alive(start, end):
            return [(start, end)]
        parts = [part for gap in self._gaps_in(start, end) for part in self._living_in(*gap)]
        return united(parts)

    def _is_alive(self, start: int, end: int) -> bool:
        """Whether all of it is in one living container and not deleted: the common case."""
        index = bisect_right(self.deleted, start)
        if index & 1 or (index < len(self.deleted) and self.deleted[index] < end):
            return False
        index = bisect_right(self.starts, start)
        is_one = index == len(self.starts) or self.starts[index] >= end
        return is_one and not self.homes[index - 1].is_gone

    def _gaps_in(self, start: int, end: int) -> list[Id]:
        runs = self.deleted
        index = bisect_right(runs, start)
        if index & 1:
            start = runs[index]
            index += 1
        out = []
        while start < end:
            limit = runs[index] if index < len(runs) else end
            out.append((start, min(limit, end)))
            if limit >= end:
                break
            start = runs[index + 1]
            index += 2
        return out

    def _living_in(self, start: int, end: int) -> list[Id]:
        index = bisect_right(self.starts, start) - 1
        out = []
        while start < end:
            limit = self.starts[index + 1] if index + 1 < len(self.starts) else end
            limit = min(limit, end)
            if not self.homes[index].is_gone:
                out.append((start, limit))
            start = limit
            index += 1
        return out

    def delete(self, runs: list[Id]) -> None:
        if len(runs) < FEW:
            for start, end in runs:
                _add_run(self.deleted, start, end)
        else:
            known = list(zip(self.deleted[::2], self.deleted[1::2], strict=True))
            self.deleted = [bound for run in united(known + runs) for bound in run]
        if self.type_clocks:
            for start, end in runs:
                self._delete_types(start, end)

    def _delete_types(self, start: int, end: int) -> None:
        first = bisect_left(self.type_clocks, start)
        last = bisect_left(self.type_clocks, end)
        for clock in self.type_clocks[first:last]:
            self.types[clock].is_gone = True

    def go_back(self, clock: int) -> None:
        """Forgets what came from this clock on, even of a struct that did not come to an end."""
        self.pieces.go_back(clock)
        kept = bisect_left(self.type_clocks, clock)
        for made in self.type_clocks[kept:]:
            del self.types[made]
        del self.type_clocks[kept:]
        kept = max(1, bisect_left(self.starts, clock))
        del self.starts[kept:], self.homes[kept:]
        _cut(self.blanks, clock)
        _cut(self.deleted, clock)
        self.halves = {half for half in self.halves if half < clock}
        self.clock = clock


def _add_run(runs: list[int], start: int, end: int) -> None:
    """Adds start..end-1 to a flat list of runs; they may touch or overlap those in it."""
    if not runs or start > runs[-1]:
        runs += (start, end)
        return
    first = bisect_left(runs, start)
    last = bisect_right(runs, end)
    # An odd index lies within a run, or at its end: the two become one.
    runs[first:last] = [start] * (first % 2 == 0) + [end] * (last % 2 == 0)


def _cut(runs: list[int], clock: int) -> None:
    """Forgets everything from this clock on."""
    kept = bisect_left(runs, clock)
    del runs[kept:]
    if kept & 1:
        runs.append(clock)
