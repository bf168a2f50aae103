"""The sockets of the application with the test's own database, by both ways: on the plain ASGI
application, and on uvicorn in direct mode, which has to behave alike."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from channels.db import database_sync_to_async
from django.db.utils import OperationalError
from django.test import Client
from pycrdt import Map
from pytest_django import Settings

from apps.accounts.models import User
from apps.config.asgi import application
from apps.core.events import Audience, publish
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.domain import lifecycle, membership
from apps.designs.domain.announcing import announce_access
from apps.designs.domain.flows import switch_flow
from apps.designs.models import Participant
from apps.rooms.domain import log
from apps.rooms.domain.log import Batch, Entry
from apps.rooms.hosting import settings as room_settings
from apps.rooms.hosting.bridge import Bridge
from apps.rooms.hosting.host import current_host
from apps.rooms.hosting.hosted import HostedRoom
from apps.rooms.hosting.settings import Timing
from apps.rooms.hosting.threads import reading, writing
from apps.rooms.models import Update
from apps.rooms.room.burst import Burst
from apps.rooms.room.connection import Connection, Person
from apps.rooms.room.encoding import uint
from apps.rooms.room.pace import BURST
from apps.rooms.room.protocol import Kind
from tests.rooms.desk import Desk, new_desk
from tests.rooms.peer import Peer, components_of, put_component, write_note
from tests.rooms.rows import append_rows, count_rows
from tests.rooms.serving import port_of, serving
from tests.rooms.sockets import TIMEOUT_S, AsgiSocket, BrowserSocket

pytestmark = pytest.mark.django_db(transaction=True)
Result = TypeVar("Result")


async def in_database(work: Callable[..., Result], *arguments: Any) -> Result:
    result: Result = await database_sync_to_async(work)(*arguments)
    return result


@pytest.fixture(params=["plain", "direct"])
async def desk(request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    desk = await in_database(new_desk)
    if request.param == "plain":
        yield desk
    else:
        async with serving(application) as server:
            yield desk.served_on(port_of(server))
    await current_host().drain()
    writing.stop()
    reading.stop()


class Seat:
    """A peer on a socket of the application."""

    def __init__(self, socket: BrowserSocket) -> None:
        self.socket = socket
        self.peer = Peer()

    async def join(self) -> "Seat":
        assert await self.socket.open()
        for frame in self.peer.greet():
            await self.socket.send(frame)
        await self.until(lambda: self.peer.is_saved)
        return self

    async def until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            for answer in self.peer.hear(await self.socket.receive()):
                await self.socket.send(answer)

    async def edit(self, name: str) -> None:
        for frame in self.peer.edit(put_component(name)):
            await self.socket.send(frame)

    def has(self, name: str) -> Callable[[], bool]:
        return lambda: name in components_of(self.peer.doc)


async def test_an_edit_is_stored_acknowledged_and_passed_on(desk: Desk) -> None:
    bob_guest = await in_database(desk.add, Role.CANDIDATE)
    ann = await Seat(desk.socket("board")).join()
    bob = await Seat(desk.socket("board", bob_guest)).join()

    await bob.edit("a")
    await bob.until(lambda: bob.peer.is_saved)
    await ann.until(ann.has("a"))

    assert await in_database(count_rows, desk.board) == 2
    assert await in_database(writer_of_last_row, desk) == "Bob"
    await ann.socket.close()
    await bob.socket.close()


def writer_of_last_row(desk: Desk) -> str:
    row = Update.objects.filter(log=log.find_log(desk.board)).latest("seq")
    return str(row.participant)


async def test_rows_of_another_process_are_read_before_ones_own(desk: Desk) -> None:
    ann = await Seat(desk.socket("board")).join()
    elsewhere = Peer()
    elsewhere.edit(put_component("far"))
    update = elsewhere.doc.get_update()
    await in_database(append_rows, desk.board, Entry(update))

    await ann.edit("near")
    await ann.until(lambda: ann.peer.is_saved and ann.has("far")())

    assert set(components_of(ann.peer.doc)) == {"far", "near"}
    await ann.socket.close()


async def test_rows_of_ones_own_are_no_sign_of_another_process(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are in the log a moment before the room hears that they are."""
    ann = await Seat(desk.socket("board")).join()
    host, loop = current_host(), asyncio.get_running_loop()
    hosted = await host.join(desk.board, Connection(Deaf(), Person({})))
    noticed: list[int] = []
    monkeypatch.setattr(
        Bridge, "notice_company", lambda _: noticed.append(hosted.room.timeline.seq)
    )
    append = log.append

    def watched(batches: list[Batch]) -> frozenset[int]:
        overtaken = append(batches)
        place = (hosted.room.epoch, batches[0].last_seq)
        asyncio.run_coroutine_threadsafe(look_around(hosted, *place), loop).result()
        return overtaken

    monkeypatch.setattr(log, "append", watched)
    await ann.edit("a")
    await ann.until(lambda: ann.peer.is_saved)
    assert noticed == []

    hosted.look_around(hosted.room.epoch, hosted.room.timeline.seq + 1)
    assert noticed == [hosted.room.timeline.seq]
    await ann.socket.close()


async def look_around(hosted: HostedRoom, epoch: str, seq: int) -> None:
    hosted.look_around(epoch, seq)


class Deaf:
    def send(self, burst: Burst) -> None: ...

    def close(self, code: int, reason: str) -> None: ...


@pytest.mark.services
async def test_a_lost_hint_delays_a_change_but_does_not_lose_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_timing(monkeypatch, catch_up_every_s=0.05)
    ann = await Seat(desk.socket("board")).join()
    elsewhere = Peer()
    elsewhere.edit(put_component("far"))

    await in_database(append_rows, desk.board, Entry(elsewhere.doc.get_update()))
    await ann.until(ann.has("far"))
    await ann.socket.close()


async def test_a_store_that_comes_back_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_timing(monkeypatch, retry_after_s=(0.0, 0.0, 0.0))
    ann = await Seat(desk.socket("board")).join()
    failures = iter([True, True, False])
    append = log.append

    def flaky(batches: list[Batch]) -> frozenset[int]:
        if next(failures):
            raise OperationalError("away")
        return append(batches)

    monkeypatch.setattr(log, "append", flaky)
    await ann.edit("a")
    await ann.until(lambda: ann.peer.is_saved)

    assert await in_database(count_rows, desk.board) == 2
    await ann.socket.close()


async def test_a_store_that_stays_away_closes_without_acknowledging(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_timing(monkeypatch, retry_after_s=(0.0,))
    ann = await Seat(desk.socket("board")).join()

    def away(_batches: list[Batch]) -> frozenset[int]:
        raise OperationalError("away")

    with monkeypatch.context() as broken:
        broken.setattr(log, "append", away)
        await ann.edit("a")
        assert await ann.socket.close_code() == 1011
    await ann.socket.close()

    assert not ann.peer.is_saved
    again = Seat(desk.socket("board"))
    again.peer = ann.peer
    await again.join()  # the edit comes back with its browser
    assert await in_database(count_rows, desk.board) == 2
    await again.socket.close()


async def test_after_a_quiet_moment_rows_are_asked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_timing(monkeypatch, quiet_s=0.0)
    ann = await Seat(desk.socket("board")).join()

    await ann.edit("a")
    await ann.until(lambda: ann.peer.is_saved)

    waiting = Job.objects.filter(kind="project", subject=desk.id)
    while not await in_database(waiting.exists):
        continue
    await ann.socket.close()


async def test_a_long_log_gets_a_snapshot_and_the_room_opens_from_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_timing(monkeypatch, unload_after_s=0.0, snapshot_rows_at_last=3)
    ann = await Seat(desk.socket("board")).join()
    for number in range(5):
        await ann.edit(f"c{number}")
        await ann.until(lambda: ann.peer.is_saved)
    await ann.socket.close()
    while current_host().is_hosting(desk.board):
        await asyncio.sleep(0)
    await current_host().drain()  # waits for the room that was unloaded

    opened = await in_database(log.open_log, desk.board)
    bob = await Seat(desk.socket("board")).join()

    assert (opened.base_seq, opened.rows) == (6, [])
    assert set(components_of(bob.peer.doc)) == {f"c{number}" for number in range(5)}
    await bob.socket.close()


async def test_who_is_removed_is_closed_and_hears_nothing_more(desk: Desk) -> None:
    guest = await in_database(desk.add, Role.CANDIDATE)
    sockets = [desk.socket(document, guest) for document in ("board", "events")]
    for socket in sockets:
        assert await socket.open()
    participant = await in_database(lambda: Participant.objects.get(guest=guest))

    await in_database(membership.remove, desk.design, participant.id)

    assert [await socket.close_code() for socket in sockets] == [4403, 4403]
    for socket in sockets:
        await socket.close()
    assert not await desk.socket("board", guest).open()


async def test_signing_out_closes_the_sockets_of_that_browser(desk: Desk) -> None:
    user = await in_database(User.objects.create_user, "ann@example.org", "secret")
    await in_database(desk.add_user, user)
    browsers = [Client(), Client()]
    for browser in browsers:
        await in_database(browser.force_login, user)
    here, elsewhere = (
        desk.socket_by_cookie("board", f"sessionid={browser.cookies['sessionid'].value}")
        for browser in browsers
    )
    assert await here.open()
    assert await elsewhere.open()

    await in_database(browsers[0].logout)

    assert await here.close_code() == 4403
    await elsewhere.receive()  # step 1
    assert await elsewhere.is_silent()
    await here.close()
    await elsewhere.close()


async def test_a_right_that_ends_by_itself_is_noticed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_timing(monkeypatch, recheck_every_s=0.01)
    guest = await in_database(desk.add, Role.OBSERVER)
    socket = desk.socket("board", guest)
    assert await socket.open()

    await in_database(lambda: Participant.objects.filter(guest=guest).delete())

    assert await socket.close_code() == 4403
    await socket.close()


async def test_when_the_session_ends_writing_ends(desk: Desk) -> None:
    ann = await Seat(desk.socket("board")).join()
    events = desk.socket("events")
    await events.open()
    assert "edit" in (await events.receive_event())["can"]

    await in_database(lifecycle.end, desk.design)
    while (event := await events.receive_event())["type"] != "hello":
        continue
    await ann.edit("late")
    await ann.until(lambda: bool(ann.peer.refused))

    assert "edit" not in event["can"]
    assert ann.peer.refused == [(2, "ended")]
    assert await in_database(count_rows, desk.board) == 1
    await ann.socket.close()
    await events.close()


async def test_steps_of_another_flow_reach_everybody_who_is_there(desk: Desk) -> None:
    ann = await Seat(desk.socket("board")).join()
    events = desk.socket("events")
    await events.open()
    assert (await events.receive_event())["flow"] == "ml-9-step"

    await in_database(switch_flow, desk.design, "system-design")
    await ann.until(lambda: "scale" in ann.peer.doc.get("notes", type=Map).keys())  # noqa: SIM118 a Y.Map does not iterate like a dict
    for frame in ann.peer.edit(write_note("scale", "One server will do.")):
        await ann.socket.send(frame)
    await ann.until(lambda: ann.peer.is_saved)

    while (event := await events.receive_event())["type"] != "flow.switched":
        continue
    assert event["flow"] == "system-design"
    assert ann.peer.refused == []
    await ann.socket.close()
    await events.close()


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (Role.INTERVIEWER, [True, True, True, True]),
        (Role.CANDIDATE, [True, False, False, True]),
        (Role.OBSERVER, [True, False, False, True]),
    ],
)
async def test_who_may_open_what(desk: Desk, role: Role, opens: list[bool]) -> None:
    guest = await in_database(desk.add, role)
    sockets = [desk.socket(document, guest) for document in ("board", "private", "own", "events")]

    assert [await socket.open() for socket in sockets] == opens
    for socket in sockets:
        await socket.close()


async def test_events_reach_only_their_audience(desk: Desk) -> None:
    guest = await in_database(desk.add, Role.CANDIDATE)
    owner, candidate = desk.socket("events"), desk.socket("events", guest)
    for socket in (owner, candidate):
        await socket.open()
        assert (await socket.receive_event())["type"] == "hello"

    await in_database(publish, desk.id, Audience.INTERVIEWERS, "score.done", {"run": "1"})
    await in_database(publish, desk.id, Audience.EVERYBODY, "design.renamed", {"title": "T"})

    renamed = {"v": 1, "type": "design.renamed", "title": "T"}
    score = {"v": 1, "type": "score.done", "run": "1"}
    assert [await owner.receive_event() for _ in range(2)] == [score, renamed]
    assert await candidate.receive_event() == renamed
    await owner.close()
    await candidate.close()


async def test_the_events_socket_only_speaks(desk: Desk) -> None:
    events = desk.socket("events")
    await events.open()

    await events.send("hello")
    await events.send("hello again")

    assert await events.close_code() == 1008
    assert await events.is_silent()
    await events.close()


async def test_a_demoted_interviewer_hears_no_scores(desk: Desk) -> None:
    guest = await in_database(desk.add, Role.INTERVIEWER)
    events = desk.socket("events", guest)
    await events.open()
    await events.receive_event()
    people = Participant.objects.filter(guest=guest)
    await in_database(lambda: people.update(role=Role.OBSERVER.value))
    await in_database(announce_access, desk.id)
    await heard_until(events, "hello")

    await in_database(publish, desk.id, Audience.INTERVIEWERS, "score.done", {"run": "1"})
    await in_database(publish, desk.id, Audience.EVERYBODY, "design.ended", {})

    assert "score.done" not in await heard_until(events, "design.ended")
    await events.close()


async def heard_until(events: BrowserSocket, last: str) -> list[str]:
    """The types of the events up to the first of type `last`."""
    heard: list[str] = []
    while last not in heard:
        heard.append((await events.receive_event())["type"])
    return heard


@pytest.mark.parametrize(
    "frame", ["text", b"", b"\x07", b"\x00\x09\x00", b"\x80" * 11, b"\x65\x01", b"\x03\x00"]
)
async def test_a_frame_that_is_not_of_the_protocol_closes_with_1008(
    desk: Desk, frame: bytes | str
) -> None:
    ann = await Seat(desk.socket("board")).join()

    await ann.socket.send(frame)

    assert await ann.socket.close_code() == 1008
    await ann.socket.close()


async def test_a_socket_that_floods_is_closed(desk: Desk) -> None:
    ann = await Seat(desk.socket("board")).join()

    for _ in range(int(BURST) + 50):
        await ann.socket.send(uint(Kind.QUERY_AWARENESS))

    assert await ann.socket.close_code() == 1008
    await ann.socket.close()


async def test_a_crowd_that_vanishes_leaves_nothing_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.SOCKET_LIMITS = {**settings.SOCKET_LIMITS, "person": (40, 0, 0)}
    set_timing(monkeypatch, unload_after_s=0.0)
    seats = [await Seat(desk.socket("board")).join() for _ in range(40)]
    assert not await desk.socket("board").open()

    for seat in seats:
        await seat.socket.vanish()

    await unloaded(desk)
    again = [desk.socket("board") for _ in range(40)]
    assert all([await socket.open() for socket in again])
    for socket in again:
        await socket.vanish()


async def test_a_fault_behind_a_socket_leaves_nobody_in_the_room(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    set_timing(monkeypatch, unload_after_s=0.0)
    ann = await Seat(desk.socket("board")).join()

    def fail(*_: Any) -> None:
        raise OperationalError("away")

    with monkeypatch.context() as broken:
        broken.setattr("apps.rooms.consumers.guarded.access_for", fail)
        await in_database(announce_access, desk.id)
        await unloaded(desk)

    await ann.socket.vanish()


async def unloaded(desk: Desk) -> None:
    async with asyncio.timeout(TIMEOUT_S):
        while current_host().is_hosting(desk.board):
            await asyncio.sleep(0.01)


async def test_too_many_sockets_of_one_person_are_refused(desk: Desk, settings: Settings) -> None:
    settings.SOCKET_LIMITS = {**settings.SOCKET_LIMITS, "person": (2, 0, 0)}
    first, second, third = desk.socket("board"), desk.socket("events"), desk.socket("board")
    assert await first.open()
    assert await second.open()

    assert not await third.open()
    await first.close()
    while not await (fourth := desk.socket("board")).open():
        continue
    for socket in (second, third, fourth):
        await socket.close()


async def test_all_sockets_of_a_person_share_a_pace(desk: Desk, settings: Settings) -> None:
    settings.SOCKET_LIMITS = {**settings.SOCKET_LIMITS, "person": (0, 0, 10)}
    quiet = await Seat(desk.socket("board")).join()
    loud = await Seat(desk.socket("board")).join()

    for _ in range(25):
        await loud.socket.send(uint(Kind.QUERY_AWARENESS))
    assert await loud.socket.close_code() == 1008
    for _ in range(15):  # alone, it might say 20; some may have come back meanwhile
        await quiet.socket.send(uint(Kind.QUERY_AWARENESS))

    assert await quiet.socket.close_code() == 1008
    await quiet.socket.close()
    await loud.socket.close()


def set_timing(monkeypatch: pytest.MonkeyPatch, **times: Any) -> None:
    monkeypatch.setattr(room_settings, "timing", replace(Timing(), **times))


@pytest.mark.parametrize("path", ["/", "/ws/nothing", "/ws/designs/no-uuid/board"])
async def test_unknown_socket_is_refused_without_a_fault(path: str) -> None:
    assert not await AsgiSocket(path).open()
