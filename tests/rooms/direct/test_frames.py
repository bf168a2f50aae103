"""What a client's bytes say, on streams that are right and on all the ways to be wrong."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Close as ReferenceClose
from websockets.frames import Frame, Opcode
from websockets.protocol import CLIENT, SERVER, Protocol, State

from apps.rooms.direct.frames import (
    LEAST_LIMIT,
    MAX_FRAGMENTS,
    Close,
    Event,
    FrameReader,
    Ping,
    Pong,
    Violation,
    close_frame,
    pong_frame,
)
from tests.rooms.direct.client import fragments, frame

LIMIT = 1 << 16


def read(stream: bytes, limit: int = LIMIT) -> list[object]:
    return plain(FrameReader(limit).feed(stream))


def plain(events: list[Event]) -> list[object]:
    """With violations as their codes, to compare whole lists."""
    return [event.code if isinstance(event, Violation) else event for event in events]


# What is right ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 60, 125, 126, 127, 65535, 65536])
def test_a_message_of_any_length_is_unmasked(size: int) -> None:
    payload = random.Random(size).randbytes(size)

    assert read(frame(payload)) == [payload]


def test_control_frames_come_between_the_fragments_of_a_message() -> None:
    first, second, third = fragments(b"one ", b"", b"message")

    stream = first + frame(b"?", 9) + second + frame(b"!", 10) + third + frame(b"next")

    assert read(stream) == [Ping(b"?"), Pong(b"!"), b"one message", b"next"]


@pytest.mark.parametrize(
    ("payload", "close"),
    [
        (b"", Close(None, "")),
        (b"\x03\xe8", Close(1000, "")),
        (b"\x03\xe9" + b"geht", Close(1001, "geht")),
        (b"\x11\x33", Close(4403, "")),
    ],
)
def test_after_a_close_nothing_is_read(payload: bytes, close: Close) -> None:
    reader = FrameReader(LIMIT)

    assert reader.feed(frame(payload, 8) + frame(b"late")) == [close]
    assert reader.feed(frame(b"later")) == []


# What is wrong ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        (frame(b"a", mask=None), 1002),
        (frame(b"", mask=None), 1002),
        *((frame(b"a", reserved=bits), 1002) for bits in range(1, 8)),
        *((frame(b"a", opcode), 1002) for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)),
        (frame(b"text", 1), 1008),
        *((frame(b"a", opcode, final=False), 1002) for opcode in (8, 9, 10)),
        *((frame(bytes(126), opcode), 1002) for opcode in (8, 9, 10)),
        (frame(b"a", 0), 1002),
        (frame(b"a", 0, final=False), 1002),
        (frame(b"a", final=False) + frame(b"b"), 1002),
        (frame(b"\x03", 8), 1002),
        *(
            (frame(code.to_bytes(2), 8), 1002)
            for code in (0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65535)
        ),
        (frame(b"\x03\xe8\xff", 8), 1007),
        (frame(bytes(LIMIT + 1)), 1009),
        (frame(b"a", final=False) + frame(bytes(LIMIT), 0), 1009),
    ],
)
def test_a_fault_ends_the_stream_and_says_why(stream: bytes, code: int) -> None:
    before, after = frame(b"before"), frame(b"after")

    assert read(before + stream + after) == [b"before", code]


@pytest.mark.parametrize("announced", [LIMIT + 1, 1 << 31, (1 << 63) - 1, (1 << 64) - 1])
def test_too_large_a_message_is_refused_before_it_comes(announced: int) -> None:
    head = b"\x82\xff" + announced.to_bytes(8) + b"mask"

    assert read(head) == [1009]


def test_a_message_up_to_the_limit_is_taken_whole() -> None:
    half = bytes(LIMIT // 2)

    assert read(b"".join(fragments(half, half))) == [half + half]


def test_endless_fragments_are_refused() -> None:
    stream = frame(final=False) + frame(opcode=0, final=False) * MAX_FRAGMENTS

    assert read(stream) == [1008]


def test_a_limit_that_the_short_lengths_could_pass_is_an_error() -> None:
    with pytest.raises(ValueError, match=str(LEAST_LIMIT)):
        FrameReader(LEAST_LIMIT - 1)


# However the network cuts it --------------------------------------------------------------------

MASKS = st.binary(min_size=4, max_size=4)
PAYLOADS = st.binary(max_size=140) | st.integers(0, 400).map(bytes)
MESSAGES = st.builds(lambda payload, mask: [frame(payload, mask=mask)], PAYLOADS, MASKS)
FRAGMENTED = st.lists(st.binary(max_size=140), min_size=2, max_size=4).map(
    lambda parts: fragments(*parts)
)
CONTROLS = st.builds(
    lambda payload, opcode: [frame(payload, opcode)],
    st.binary(max_size=125),
    st.sampled_from([9, 10]),
)
FAULTS = st.builds(
    lambda first, rest: [bytes((first,)) + rest], st.integers(0, 255), st.binary(max_size=20)
)
STREAMS = st.lists(MESSAGES | FRAGMENTED | CONTROLS | FAULTS, max_size=8).map(
    lambda groups: b"".join(itertools.chain.from_iterable(groups))
)


@given(stream=STREAMS, cuts=st.lists(st.integers(0, 2000), max_size=12))
def test_any_split_into_reads_gives_the_same_events(stream: bytes, cuts: list[int]) -> None:
    reader = FrameReader(LIMIT)
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]

    parts = [stream[start:stop] for start, stop in itertools.pairwise(edges)]

    assert plain([event for part in parts for event in reader.feed(part)]) == read(stream)


@given(stream=STREAMS)
def test_byte_for_byte_gives_the_same_events(stream: bytes) -> None:
    reader = FrameReader(LIMIT)

    assert plain([event for byte in stream for event in reader.feed(bytes((byte,)))]) == read(
        stream
    )


def test_a_large_message_comes_in_small_reads() -> None:
    reader = FrameReader(1 << 20)
    message = random.Random(1).randbytes(1 << 20)
    stream = frame(message)

    events = [
        event
        for start in range(0, len(stream), 1000)
        for event in reader.feed(stream[start : start + 1000])
    ]

    assert events == [message]


# Beside another library -------------------------------------------------------------------------


def read_by_reference(stream: bytes) -> tuple[list[object], bool]:
    """The events of `websockets`' own parser, and whether it waits for the rest of a frame."""
    server = Protocol(SERVER, state=State.OPEN, max_size=LIMIT)
    server.receive_data(stream)
    events: list[object] = []
    message: bytes | None = None
    for event in server.events_received():
        assert isinstance(event, Frame)
        data = bytes(event.data)
        match event.opcode:
            case Opcode.PING:
                events.append(Ping(data))
            case Opcode.PONG:
                events.append(Pong(data))
            case Opcode.CLOSE:
                assert server.close_rcvd is not None
                code = server.close_rcvd.code if data else None
                events.append(Close(code, server.close_rcvd.reason))
            case Opcode.TEXT:
                return [*events, 1008], False  # where we stop, and it does not
            case _:
                message = (message or b"") + data
                if event.fin:
                    events.append(message)
                    message = None
    if server.parser_exc is not None:
        assert server.close_sent is not None
        return [*events, int(server.close_sent.code)], False
    return events, server.close_rcvd is None


def mutated(stream: bytes, rng: random.Random) -> bytes:
    """A few bytes changed, left out or doubled."""
    out = bytearray(stream)
    for _ in range(rng.randrange(4)):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(3):
            case 0:
                out[at : at + 1] = rng.randbytes(1)
            case 1:
                del out[at : at + rng.randrange(1, 4)]
            case 2:
                out[at:at] = out[at : at + rng.randrange(1, 12)]
    return bytes(out)


@given(stream=STREAMS, rng=st.randoms(use_true_random=False))
def test_websockets_own_parser_hears_the_same(stream: bytes, rng: random.Random) -> None:
    stream = mutated(stream, rng)

    ours = read(stream)
    theirs, waits = read_by_reference(stream)

    if waits and len(ours) > len(theirs):
        # It wants the whole payload before it looks at the header's bits; we do not.
        assert ours[:-1] == theirs
        assert ours[-1] in {1002, 1008}
    elif ours != theirs:
        # Text is refused by us and parsed by the other. Of a control frame that is far too long we
        # say that it is a control frame.
        assert ours[:-1] == theirs[:-1]
        assert ours[-1] == 1008 or (ours[-1], theirs[-1]) == (1002, 1009)


# What we say ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "arrives"),
    [("", ""), ("too slow", "too slow"), ("ü" * 100, "ü" * 61), ("🦊" * 31, "🦊" * 30)],
)
def test_a_client_takes_our_close_frame(reason: str, arrives: str) -> None:
    client = Protocol(CLIENT, state=State.OPEN)

    client.receive_data(close_frame(1013, reason))

    assert client.parser_exc is None
    assert client.close_rcvd == ReferenceClose(1013, arrives)


def test_a_client_takes_our_pong() -> None:
    client = Protocol(CLIENT, state=State.OPEN)

    client.receive_data(pong_frame(b"?"))

    assert client.events_received() == [Frame(Opcode.PONG, b"?")]
