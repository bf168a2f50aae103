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
