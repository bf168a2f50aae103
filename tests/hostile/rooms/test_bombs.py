"""Small frames that ask for much: numbers without end, counts without things, depth, floods.

Each is refused with its reason, at once, and nobody else hears of it. What is said of one update or
one frame alone is in tests/rooms/room/test_updates.py and tests/rooms/test_protocol.py.
"""

from collections.abc import Callable

import pytest

from apps.rooms.room import protocol
from apps.rooms.room.encoding import buffer, string, uint
from apps.rooms.room.presence import MAX_STATE_BYTES
from apps.rooms.room.protocol import (
    MAX_PRESENCE_BYTES,
    MAX_PRESENCE_ENTRIES,
    MAX_STATE_VECTOR_BYTES,
    MAX_STEP_2_BYTES,
    MAX_UPDATE_BYTES,
    Kind,
    PresenceEntry,
    Reason,
    Refusal,
)
from apps.rooms.room.schema import Holds
from apps.rooms.room.updates import ANY, MAP, STRING, TEXT, TYPE
from tests.hostile.rooms.bystanders import Bystanders
from tests.hostile.rooms.intruders import MAL, MUCH_TOO_SLOW_S, Intruder
from tests.rooms.room.generator import (
    FOREIGN_CONTENT,
    FOREIGN_ROOTS,
    STRANGE_VALUES,
    collected,
    item,
    shared_type,
    text,
    update,
    values,
)
from tests.rooms.table import BOARD

CLIENT = 300
NOTE = (1, 0)  # the one text of the first update
NULL = b"\x7e"
CLOSED = 1008


@pytest.fixture
def bystanders() -> Bystanders:
    return Bystanders()


@pytest.fixture
def mal(bystanders: Bystanders) -> Intruder:
    return bystanders.beside(MAL)


def of(*structs: bytes) -> bytes:
    return protocol.update_frame(update([(CLIENT, 0, structs)]))


def value(plain: bytes) -> bytes:
    return of(values(plain, parent="meta", key="k"))


# Numbers, counts and lengths -------------------------------------------------------------------

Wrap = Callable[[bytes], bytes]


def as_presence(body: bytes) -> bytes:
    return uint(Kind.AWARENESS) + buffer(body)


# Wherever a client writes a number: what stands before it, and what is around both.
NUMBERS: dict[str, tuple[Wrap, bytes]] = {
    "the kind of a message": (bytes, b""),
    "the kind of a sync message": (bytes, uint(Kind.SYNC)),
    "the length of an update": (bytes, b"\0\2"),
    "the length of a presence frame": (bytes, uint(Kind.AWARENESS)),
    "the length of an epoch": (bytes, uint(Kind.ASK)),
    "a place": (bytes, uint(Kind.ASK) + string("e")),
    "a row to check": (bytes, uint(Kind.CHECK)),
    "the count of presences": (as_presence, b""),
    "the client of a presence": (as_presence, b"\1"),
    "the clock of a presence": (as_presence, b"\1\7"),
    "the length of a presence": (as_presence, b"\1\7\1"),
    "the count of clients": (protocol.update_frame, b""),
    "the count of structs": (protocol.update_frame, b"\1"),
    "a client": (protocol.update_frame, b"\1\1"),
    "a clock": (protocol.update_frame, b"\1\1\5"),
    "the client of a neighbour": (protocol.update_frame, b"\1\1\5\0\x84"),
    "the clock of a neighbour": (protocol.update_frame, b"\1\1\5\0\x84\1"),
    "the length of a root's name": (protocol.update_frame, b"\1\1\5\0\x28\1"),
    "the count of values": (protocol.update_frame, b"\1\1\5\0\x28\1\4meta\1k"),
    "the length of a list": (protocol.update_frame, b"\1\1\5\0\x28\1\4meta\1k\1\x75"),
    "the entries of an object": (protocol.update_frame, b"\1\1\5\0\x28\1\4meta\1k\1\x76"),
    "the length of a text": (protocol.update_frame, b"\1\1\5\0\x04\0\1\0"),
    "the clocks of something deleted": (protocol.update_frame, b"\1\1\5\0\x01\0\1\0"),
    "the clocks of something collected": (protocol.update_frame, b"\1\1\5\0\0"),
    "the count of deletions": (protocol.update_frame, b"\0"),
    "the count of deleted runs": (protocol.update_frame, b"\0\1\1"),
    "the start of a deleted run": (protocol.update_frame, b"\0\1\1\1"),
    "the clocks of a deleted run": (protocol.update_frame, b"\0\1\1\1\0"),
}
COUNTS = [name for name in NUMBERS if name.startswith(("the count", "the length", "the entries"))]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_without_end_closes(name: str, bystanders: Bystanders, mal: Intruder) -> None:
    wrap, before = NUMBERS[name]

    for length in (10, 11, 1_000, 60_000):
        for bomb in (b"\x80" * length + b"\1", b"\xff" * length):
            assert mal.say(wrap(before + bomb)), f"{length} bytes were taken"
    if wrap is bytes:
        assert mal.say(before + b"\xff" * 1_000_000)

    bystanders.assert_undisturbed(MAL)
    assert mal.watch.worst_s < MUCH_TOO_SLOW_S


@pytest.mark.parametrize("name", COUNTS)
def test_a_count_of_things_that_are_not_there_closes(
    name: str, bystanders: Bystanders, mal: Intruder
) -> None:
    wrap, before = NUMBERS[name]

    for power in range(16, 61):
        assert mal.say(wrap(before + uint(2**power))), f"a count of 2**{power} was taken"
        assert mal.say(wrap(before + uint(2**power) + NULL * 100))

    bystanders.assert_undisturbed(MAL)
    assert mal.watch.worst_s < MUCH_TOO_SLOW_S


# Depth -----------------------------------------------------------------------------------------

DEPTHS = (17, 64, 1_000, 20_000, 60_000)
OBJECT_IN_OBJECT = b"\x76\1\1k"


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("level", [b"\x75\1", OBJECT_IN_OBJECT], ids=["lists", "objects"])
def test_values_deep_in_one_another_close(
    level: bytes, depth: int, bystanders: Bystanders, mal: Intruder
) -> None:
    assert mal.say(value(level * depth + NULL)) == (CLOSED, Refusal.UNKNOWN_CONTENT)
    bystanders.assert_undisturbed(MAL)


@pytest.mark.parametrize("depth", [2, *DEPTHS[:-2]])
@pytest.mark.parametrize("kind", [MAP, TEXT], ids=["maps", "texts"])
def test_maps_and_texts_in_one_another_close(
    kind: int, depth: int, bystanders: Bystanders, mal: Intruder
) -> None:
    outermost = shared_type(MAP, parent="components", key="k")
    inner = [shared_type(kind, parent=(CLIENT, clock), key="k") for clock in range(depth - 1)]

    assert mal.say(of(outermost, *inner)) == (CLOSED, Refusal.UNKNOWN_CONTENT)
    bystanders.assert_undisturbed(MAL)


@pytest.mark.parametrize("depth", [1_000_000, 10_000_000])
def test_what_is_too_deep_for_its_size_is_not_looked_at(
    depth: int, bystanders: Bystanders, mal: Intruder
) -> None:
    mal.say(uint(Kind.ASK))
    mal.say(value(b"\x75\1" * depth + NULL))

    assert mal.heard(Kind.REFUSED) == [protocol.refused_frame(1, Refusal.TOO_LARGE)]
    bystanders.assert_undisturbed(MAL)
    assert mal.watch.worst_s < MUCH_TOO_SLOW_S


@pytest.mark.parametrize("depth", [2_000, 8_000, 1_000_000])
@pytest.mark.parametrize(("level", "end"), [("[", "]"), ('{"k":', "}")], ids=["lists", "objects"])
@pytest.mark.parametrize("user", ["", '"user":{},'], ids=["", "with a user"])
def test_presence_deep_in_itself_closes(
    user: str, level: str, end: str, depth: int, bystanders: Bystanders, mal: Intruder
) -> None:
    state = f'{{{user}"k":{level * depth}0{end * depth}}}'
    frame = protocol.presence_frame([PresenceEntry(7, 1, state)])

    assert mal.say(frame) in [(CLOSED, Reason.PRESENCE), (CLOSED, Reason.TOO_LARGE)]
    bystanders.assert_undisturbed(MAL)


# Contents --------------------------------------------------------------------------------------


@pytest.mark.parametrize("plain", STRANGE_VALUES)
def test_values_that_are_no_json_close(plain: bytes, bystanders: Bystanders, mal: Intruder) -> None:
    assert mal.say(value(plain)) in [
        (CLOSED, Refusal.UNKNOWN_CONTENT),
        (CLOSED, Refusal.MALFORMED),
    ]
    bystanders.assert_undisturbed(MAL)


@pytest.mark.parametrize(
    "state",
    ["NaN", '{"x":NaN}', '{"x":Infinity}', '{"x":-Infinity}', '{"x":1', "[]", '"x"', '{"x":"\0"}'],
)
def test_presence_that_is_no_json_object_closes(
    state: str, bystanders: Bystanders, mal: Intruder
) -> None:
    frame = protocol.presence_frame([PresenceEntry(7, 1, state)])

    assert mal.say(frame) == (CLOSED, Reason.PRESENCE)
    bystanders.assert_undisturbed(MAL)


ALLOWED = {
    Holds.VALUES: {(ANY, 1)},
    Holds.MAPS: {(TYPE, MAP)},
    Holds.TEXTS: {(TYPE, TEXT)},
}
CONTENTS = (
    *((kind, 0, content) for kind, content in FOREIGN_CONTENT),
    (ANY, 1, uint(1) + NULL),
    (ANY, 2, uint(2) + NULL * 2),
    (TYPE, MAP, uint(MAP)),
    (TYPE, TEXT, uint(TEXT)),
    (STRING, 0, string("letters")),
)


@pytest.mark.parametrize("root", [*BOARD, *FOREIGN_ROOTS, "notes.data", "private"])
@pytest.mark.parametrize("key", ["k", None, "__proto__", "constructor", "prototype"])
def test_each_root_takes_its_own_content_only(root: str, key: str | None) -> None:
    """Whatever else there is: each kind of content the format knows, and some that it does not."""
    for kind, detail, content in CONTENTS:
        bystanders = Bystanders()
        mal = bystanders.beside(MAL)
        rows = len(bystanders.table.log)

        closed = mal.say(of(item(kind, content, parent=root, key=key)))

        is_allowed = key == "k" and root in BOARD and (kind, detail) in ALLOWED[BOARD[root]]
        assert (closed is None) == is_allowed, (kind, content)
        assert len(bystanders.table.log) == rows + is_allowed


# Floods ----------------------------------------------------------------------------------------


def test_updates_of_the_future_leave_nothing_behind(bystanders: Bystanders, mal: Intruder) -> None:
    """Each builds on a row that never came. The room asks for it, and keeps nothing."""
    for clock in range(20_000):
        mal.say(protocol.update_frame(update([(CLIENT, clock + 1, [collected(1)])])))

    assert mal.closed == 0
    assert not bystanders.table.room.has_pending
    assert not bystanders.table.room.waits_for_rows
    bystanders.assert_undisturbed(MAL)
    assert mal.watch.worst_s < MUCH_TOO_SLOW_S


def test_updates_without_anything_leave_nothing_behind(
    bystanders: Bystanders, mal: Intruder
) -> None:
    for _ in range(20_000):
        mal.say(protocol.update_frame(b"\0\0"))

    assert mal.connection.waiting == 0
    bystanders.assert_undisturbed(MAL)


def test_a_crowd_that_is_not_there_does_not_get_in(bystanders: Bystanders, mal: Intruder) -> None:
    crowd = [PresenceEntry(client, 1, "{}") for client in range(1_000, 101_000)]

    assert mal.say(protocol.presence_frame(crowd)) == (CLOSED, Reason.TOO_LARGE)
    assert mal.say(protocol.presence_frame(crowd[: MAX_PRESENCE_ENTRIES + 1])) == (
        CLOSED,
        Reason.PRESENCE,
    )
    assert mal.say(protocol.presence_frame(crowd[:MAX_PRESENCE_ENTRIES])) is None
    for one in crowd:
        assert mal.say(protocol.presence_frame([one])) is None

    assert len(bystanders.table.room.presence.everybody()) == 1
    bystanders.assert_undisturbed(MAL)


# Sizes -----------------------------------------------------------------------------------------


def letters_of(size: int) -> bytes:
    """A piece of text, as an update of just this many bytes."""
    around = len(update([(CLIENT, 0, [text("x" * size, parent=NOTE)])])) - size
    made = update([(CLIENT, 0, [text("x" * (size - around), parent=NOTE)])])
    assert len(made) == size
    return made


@pytest.mark.parametrize("over", range(-1, 4))
@pytest.mark.parametrize(
    ("wrap", "limit"),
    [(protocol.update_frame, MAX_UPDATE_BYTES), (protocol.step_2, MAX_STEP_2_BYTES)],
    ids=["update", "step 2"],
)
def test_an_edit_at_the_limit_is_taken_whole_or_not_at_all(
    wrap: Wrap, limit: int, over: int, bystanders: Bystanders, mal: Intruder
) -> None:
    mal.say(uint(Kind.ASK))
    edit = letters_of(limit + over)

    assert mal.say(wrap(edit)) is None

    if over > 0:
        assert mal.heard(Kind.REFUSED) == [protocol.refused_frame(1, Refusal.TOO_LARGE)]
        bystanders.assert_undisturbed(MAL)
    else:
        assert mal.heard(Kind.REFUSED) == []
        assert bystanders.table.log[-1].update == edit
    assert mal.watch.worst_s < MUCH_TOO_SLOW_S


@pytest.mark.parametrize("over", range(-1, 4))
def test_other_frames_at_their_limits_are_understood_or_close(
    over: int, bystanders: Bystanders, mal: Intruder
) -> None:
    is_taken = over <= 0
    state = '{"k":"' + "x" * (MAX_STATE_BYTES + over - 8) + '"}'
    body = uint(0) + b"\0" * (MAX_PRESENCE_BYTES + over - 1)
    vector = b"\0" * (MAX_STATE_VECTOR_BYTES + over)

    assert (mal.say(protocol.presence_frame([PresenceEntry(7, 1, state)])) is None) == is_taken
    assert (mal.say(protocol.step_1(vector)) is None) == is_taken
    assert mal.say(as_presence(body)) == (CLOSED, Reason.TRAILING if is_taken else Reason.TOO_LARGE)
    bystanders.assert_undisturbed(MAL)
