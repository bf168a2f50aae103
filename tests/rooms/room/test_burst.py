"""What a burst puts on the wire, read back by another library's client."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.protocol import CLIENT, Protocol, State

from apps.rooms.room.burst import Burst, header

FRAMES = st.lists(st.binary(max_size=300)).map(tuple)


def read_by_a_client(wire: bytes) -> list[bytes]:
    client = Protocol(CLIENT, state=State.OPEN, max_size=None)
    client.receive_data(wire)
    assert client.parser_exc is None
    frames = [event for event in client.events_received() if isinstance(event, Frame)]
    assert all(frame.fin and frame.opcode is Opcode.BINARY for frame in frames)
    return [bytes(frame.data) for frame in frames]


@given(must=FRAMES, may=FRAMES)
def test_a_client_reads_the_frames_of_a_burst_in_order(
    must: tuple[bytes, ...], may: tuple[bytes, ...]
) -> None:
    burst = Burst(must, may)

    assert read_by_a_client(burst.wire) == [*must, *may]
    assert read_by_a_client(burst.wire_must) == [*must]


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65535, 65536, 1 << 20])
def test_every_length_has_the_shortest_header(length: int) -> None:
    frame = bytes(length)

    assert read_by_a_client(Burst((frame,)).wire) == [frame]
    assert len(header(length)) == (2 if length < 126 else 4 if length < 65536 else 10)
