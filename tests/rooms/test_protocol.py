"""The wire: every message there and back, and no bytes that do more than be refused."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apps.rooms.room import protocol
from apps.rooms.room.encoding import Reader, Truncated, buffer, string, uint
from apps.rooms.room.protocol import (
    Ask,
    Check,
    DocumentFrame,
    How,
    Kind,
    Place,
    PresenceEntry,
    PresenceFrame,
    ProtocolError,
    QueryPresence,
    Reason,
    Refusal,
    Step1,
    Sync,
    read_message,
    read_move,
)

ENTRIES = [PresenceEntry(7, 1, '{"cursor":null}'), PresenceEntry(2**53 - 1, 0, "null")]
LIKELY = st.sampled_from([0, 1, 2, 3, *range(100, 107)]).map(lambda kind: bytes([kind]))


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (protocol.step_1(b"\x00"), Step1(b"\x00")),
        (protocol.step_2(b"\x00\x00"), DocumentFrame(b"\x00\x00", is_step_2=True)),
        (protocol.update_frame(b"abc"), DocumentFrame(b"abc", is_step_2=False)),
        (protocol.presence_frame(ENTRIES), PresenceFrame(tuple(ENTRIES))),
        (uint(Kind.QUERY_AWARENESS), QueryPresence()),
        (uint(Kind.ASK), Ask()),
        (uint(Kind.ASK) + string("an epoch") + uint(300), Ask(Place("an epoch", 300))),
        (uint(Kind.CHECK) + uint(300) + string("0af9"), Check(300, "0af9")),
    ],
)
def test_a_client_is_understood(frame: bytes, message: protocol.Message) -> None:
    assert read_message(frame) == message


def test_our_own_messages_are_what_the_page_says() -> None:
    assert protocol.stored_frame(300, 5) == b"\x65\xac\x02\x05"
    assert protocol.refused_frame(2, Refusal.READ_ONLY) == b"\x66\x02\x09read-only"
    assert protocol.changed_frame(5, b"ab") == b"\x67\x05\x02ab"
    assert protocol.welcome_frame(Place("e", 5), How.WHOLE, b"ab") == b"\x68\x01e\x05\x00\x02ab"
    assert protocol.checked_frame(5, is_equal=True) == b"\x6a\x05\x01"


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (b"", Reason.TRUNCATED),
        (b"\x00", Reason.TRUNCATED),
        (b"\x00\x02\x05ab", Reason.TRUNCATED),
        (b"\x00\x02\x02abc", Reason.TRAILING),
        (b"\x00\x03\x00", Reason.UNKNOWN),
        (b"\x02", Reason.UNKNOWN),
        (uint(Kind.STORED), Reason.UNKNOWN),
        (uint(Kind.REFUSED), Reason.UNKNOWN),
        (uint(Kind.ASK) + string("x" * 65) + uint(1), Reason.TOO_LARGE),
        (uint(Kind.CHECK) + uint(1) + string("x" * 65), Reason.TOO_LARGE),
        (b"\x03\x00", Reason.TRAILING),
        (b"\xff" * 1_000_000, Reason.TRUNCATED),
        (protocol.step_1(b"x" * (protocol.MAX_STATE_VECTOR_BYTES + 1)), Reason.TOO_LARGE),
        (uint(1) + buffer(b"x" * (protocol.MAX_PRESENCE_BYTES + 1)), Reason.TOO_LARGE),
        (uint(1) + buffer(uint(257)), Reason.PRESENCE),
        (protocol.presence_frame([PresenceEntry(2**53, 1, "{}")]), Reason.PRESENCE),
        (uint(1) + buffer(b"\x01\x01\x01\x02\xff\xff"), Reason.TRUNCATED),
    ],
)
def test_what_is_not_of_the_protocol_is_refused_with_a_reason(frame: bytes, reason: Reason) -> None:
    with pytest.raises(ProtocolError) as refusal:
        read_message(frame)

    assert refusal.value.reason is reason


@given(st.binary(max_size=200) | st.tuples(LIKELY, st.binary(max_size=50)).map(b"".join))
@example(b"\x01\x03\x01\x01\x80")
def test_any_bytes_are_a_message_or_a_protocol_error(frame: bytes) -> None:
    with suppress(ProtocolError):
        read_message(frame)


NUMBERS = st.integers(0, 300) | st.integers(0, 2**42) | st.sampled_from([127, 128, 16383, 16384])
MOVES = st.builds(PresenceEntry, NUMBERS, NUMBERS, st.text(st.characters(codec="utf-8")))


@given(MOVES)
@example(PresenceEntry(7, 1, "x" * 115))
@example(PresenceEntry(2**53 - 1, 128, "x" * 16_000))
def test_the_move_of_a_pointer_is_read_the_short_way(entry: PresenceEntry) -> None:
    frame = protocol.presence_frame([entry])

    assert read_move(frame, entry.client_id) == entry[1:]
    assert read_move(frame, entry.client_id + 1) is None


@given(MOVES, st.data())
def test_the_short_way_reads_nothing_else(entry: PresenceEntry, data: st.DataObject) -> None:
    """Neither does it ever say anything that the long way does not."""
    frame = bytearray(protocol.presence_frame([entry]))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, min(len(frame), 24) - 1))
        frame[at : at + data.draw(st.integers(0, 1))] = data.draw(st.binary(max_size=2))

    move = read_move(bytes(frame), entry.client_id)

    if move is not None:
        expected = PresenceFrame((PresenceEntry(entry.client_id, *move),))
        assert read_message(bytes(frame)) == expected


@pytest.mark.parametrize("state", ["x" * 16_384, "x" * 17_000])
def test_long_presence_is_read_the_long_way(state: str) -> None:
    assert read_move(protocol.presence_frame([PresenceEntry(7, 1, state)]), 7) is None


@pytest.mark.parametrize("kind", range(256))
def test_every_pair_of_types_is_known_or_refused(kind: int) -> None:
    known = {(Kind.SYNC, sync) for sync in Sync} | {(Kind.AWARENESS, 0)}

    for sub_kind in range(256):
        frame = uint(kind) + uint(sub_kind) + b"\x00" * (kind == Kind.SYNC)
        if (kind, sub_kind) not in known:
            with pytest.raises(ProtocolError):
                read_message(frame)


@given(st.integers(min_value=0, max_value=2**70 - 1))
def test_numbers_there_and_back(number: int) -> None:
    assert Reader(uint(number)).uint() == number


@given(st.text())
def test_texts_there_and_back(text: str) -> None:
    encodable = text.encode(errors="replace").decode()

    assert Reader(string(encodable)).string() == encodable


def test_a_number_of_eleven_bytes_is_none() -> None:
    with pytest.raises(Truncated):
        Reader(b"\x80" * 10 + b"\x01").uint()
