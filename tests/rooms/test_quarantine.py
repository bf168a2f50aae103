"""Documents that cannot be read to their end: what is shown, what is kept, how they go on."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pycrdt import Doc, Map

from apps.accounts.actors import Actor
from apps.core import events
from apps.core.jobs import worker
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.domain.access import access_for
from apps.designs.models import Component
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain import log, quarantine, reading
from apps.rooms.domain.history import read_page
from apps.rooms.domain.log import Batch, Entry
from apps.rooms.domain.projecting import is_behind, request_projection
from apps.rooms.domain.quarantine import in_quarantine, open_readable
from apps.rooms.domain.reading import current_document
from apps.rooms.domain.recovery import restart_from_last_good
from apps.rooms.models import Log, Snapshot, Update
from apps.rooms.reader import Limits, use_limits
from apps.web.bootstrap import bootstrap_of
from tests.rooms.desk import Desk, new_desk
from tests.rooms.peer import Change, put_component
from tests.rooms.reader.hostile import deep_value, garbage, long_value
from tests.rooms.rows import sum_up
from tests.rooms.sockets import guest_cookie

pytestmark = pytest.mark.django_db

BOARD = DocumentName.BOARD


@pytest.fixture
def desk() -> Desk:
    return new_desk()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The events that were published: to whom, and what."""
    said: list[tuple[str, str]] = []

    def publish(_design_id: object, audience: str, type: str, _body: object) -> None:  # noqa: A002
        said.append((audience, type))

    monkeypatch.setattr(quarantine, "publish", publish)
    return said


def append(desk: Desk, payload: bytes) -> int:
    opened = log.open_log(desk.board)
    log.append([Batch(opened.log_id, opened.seq + 1, [Entry(payload)])])
    return opened.seq + 1


def write(desk: Desk, change: Change) -> int:
    """Appends what a client would have sent."""
    doc: Doc[Any] = Doc()
    for payload in open_readable(desk.board).payloads:
        doc.apply_update(payload)
    before = doc.get_state()
    change(doc)
    return append(desk, doc.get_update(before))


def cards(desk: Desk) -> list[str]:
    document, _ = current_document(desk.design)
    return [one["name"] for one in document["board"]["components"]]


def test_the_last_good_state_is_shown(desk: Desk, told: list[tuple[str, str]]) -> None:
    write(desk, put_component("a", "Ranker"))
    good_seq = write(desk, put_component("b", "Store"))
    append(desk, deep_value(100_000))
    append(desk, garbage())

    assert sorted(cards(desk)) == ["Ranker", "Store"]

    assert current_document(desk.design)[1] == good_seq
    assert Log.objects.get(design=desk.id, document=BOARD).good_seq == good_seq
    assert in_quarantine(desk.id) == [BOARD]
    assert reading.note_on(desk.design) == reading.NOT_WHOLE


def test_every_row_is_kept(desk: Desk) -> None:
    write(desk, put_component("a", "Ranker"))
    append(desk, garbage())
    rows = Update.objects.order_by("log_id", "seq").values_list("log_id", "seq", "payload")
    before = list(rows)

    cards(desk)

    assert list(rows.all()) == before


def test_its_interviewers_are_told_once(desk: Desk, told: list[tuple[str, str]]) -> None:
    append(desk, garbage())

    for _ in range(3):
        cards(desk)

    assert told == [(events.Audience.INTERVIEWERS, "document.quarantined")]


def test_a_board_that_can_be_read_is_left_alone(desk: Desk, told: list[tuple[str, str]]) -> None:
    write(desk, put_component("a", "Ranker"))

    quarantine.quarantine(log.find_log(desk.board), "a false alarm")

    assert cards(desk) == ["Ranker"]
    assert in_quarantine(desk.id) == []
    assert told == []
    assert reading.note_on(desk.design) == ""


@pytest.mark.parametrize("position", [0, 5, -1])
def test_a_damaged_snapshot_is_made_anew(
    desk: Desk, told: list[tuple[str, str]], position: int
) -> None:
    write(desk, put_component("a", "Ranker"))
    sum_up(desk.board)
    seq = write(desk, put_component("b", "Store"))
    sum_up(desk.board)
    damage_snapshot(desk, seq, position)

    assert sorted(cards(desk)) == ["Ranker", "Store"]

    assert told == []
    assert sorted(cards_of(open_readable(desk.board).payloads)) == ["a", "b"]


def damage_snapshot(desk: Desk, seq: int, position: int) -> None:
    """Flips a byte's bits so that it is no update any more."""
    snapshot = Snapshot.objects.get(log=log.find_log(desk.board), seq=seq)
    damaged = bytearray(snapshot.payload)
    damaged[position] ^= 0xFF
    snapshot.payload = bytes(damaged)
    snapshot.save()


def cards_of(payloads: list[bytes]) -> list[str]:
    doc: Doc[Any] = Doc()
    for payload in payloads:
        doc.apply_update(payload)
    return list(doc.get("components", type=Map).keys())


def test_with_all_snapshots_damaged_the_rows_are_read(desk: Desk) -> None:
    for name in ("a", "b", "c"):
        seq = write(desk, put_component(name, name))
        sum_up(desk.board)
    for snapshot in Snapshot.objects.filter(log=log.find_log(desk.board)):
        damage_snapshot(desk, snapshot.seq, 0)

    assert sorted(cards(desk)) == ["a", "b", "c"]
    assert open_readable(desk.board).base_seq == seq


def test_a_quarantined_board_opens_as_its_last_good_state(desk: Desk) -> None:
    good_seq = write(desk, put_component("a", "Ranker"))
    append(desk, garbage())

    quarantine.quarantine(log.find_log(desk.board), "it cannot be read")

    opened = open_readable(desk.board)
    assert (opened.seq, opened.rows) == (good_seq, [])
    assert cards_of(opened.payloads) == ["a"]


def test_a_board_whose_first_row_is_damaged_shows_nothing(desk: Desk) -> None:
    Update.objects.filter(log=log.find_log(desk.board), seq=1).update(payload=garbage())

    assert cards(desk) == []
    assert current_document(desk.design)[1] == 0


def test_a_board_with_a_row_missing_shows_what_came_before(desk: Desk) -> None:
    """The library alone would leave out what comes after a hole, and call the rest whole."""
    log_id = log.find_log(desk.board)
    good_seq = write(desk, put_component("a", "Ranker"))
    hole = write_two_by_one_client(desk)
    Update.objects.filter(log=log_id, seq=hole).delete()

    quarantine.quarantine(log_id, "a room could not be opened")

    assert current_document(desk.design)[1] == good_seq


def write_two_by_one_client(desk: Desk) -> int:
    """The number of the first of two rows, of which the second builds on the first."""
    doc: Doc[Any] = Doc()
    put_component("c", "Cache")(doc)
    first, before = doc.get_update(), doc.get_state()
    put_component("d", "Queue")(doc)
    seq = append(desk, first)
    append(desk, doc.get_update(before))
    return seq


def test_what_no_room_would_accept_is_not_shown_either(desk: Desk) -> None:
    """Else the room could never be opened, and what is exported would differ from what is seen."""
    good_seq = write(desk, put_component("a", "Ranker"))
    foreign: Doc[Any] = Doc()
    foreign.get("elsewhere", type=Map)["a"] = 1.0
    append(desk, foreign.get_update())

    quarantine.quarantine(log.find_log(desk.board), "a room could not be opened")

    assert current_document(desk.design)[1] == good_seq


def test_rows_are_made_from_the_last_good_state_once(desk: Desk) -> None:
    write(desk, put_component("a", "Ranker"))
    append(desk, garbage())
    cards(desk)
    assert is_behind(desk.id)

    request_projection(desk.id)
    worker.run(Job.objects.get(subject=desk.id).id)

    assert [row.name for row in Component.objects.filter(design=desk.design)] == ["Ranker"]
    assert not is_behind(desk.id)


def test_the_private_notes_are_quarantined_apart(desk: Desk) -> None:
    private = DocumentKey(desk.id, DocumentName.PRIVATE)
    opened = log.open_log(private)
    log.append([Batch(opened.log_id, 2, [Entry(garbage())])])

    quarantine.quarantine(opened.log_id, "it cannot be read")

    assert in_quarantine(desk.id) == [DocumentName.PRIVATE]
    assert reading.note_on(desk.design) == ""


def test_it_goes_on_from_its_last_good_state(desk: Desk) -> None:
    write(desk, put_component("a", "Ranker"))
    bad_seq = append(desk, garbage())
    cards(desk)
    before = log.open_log(desk.board)

    assert restart_from_last_good(desk.board)

    write(desk, put_component("b", "Store"))
    after = log.open_log(desk.board)
    assert sorted(cards(desk)) == ["Ranker", "Store"]
    assert in_quarantine(desk.id) == []
    assert (after.quarantine, after.seq) == ("", bad_seq + 2)
    assert after.epoch != before.epoch
    assert Update.objects.filter(log=after.log_id, seq=bad_seq).exists()


def test_what_was_left_out_stays_out(desk: Desk) -> None:
    """Also when every snapshot is lost, and when the session is played again."""
    write(desk, put_component("a", "Ranker"))
    bad_seq = append(desk, garbage())
    cards(desk)
    restart_from_last_good(desk.board)
    last = write(desk, put_component("b", "Store"))
    Snapshot.objects.all().delete()

    quarantine.quarantine(log.find_log(desk.board), "all snapshots are lost")

    assert sorted(cards(desk)) == ["Ranker", "Store"]
    for is_redacted in (False, True):
        page = read_page(desk.id, after=0, limit=100, is_redacted=is_redacted)
        assert (page.last, bad_seq in {row.seq for row in page.rows}) == (last, False)


def test_what_is_in_no_quarantine_is_not_restarted(desk: Desk) -> None:
    epoch = log.open_log(desk.board).epoch

    assert not restart_from_last_good(desk.board)

    assert log.open_log(desk.board).epoch == epoch


# For people ------------------------------------------------------------------------------------


def browser(desk: Desk) -> Client:
    client = Client()
    name, value = guest_cookie(desk.owner.id).split("=", 1)
    client.cookies[name] = value
    return client


def test_an_export_says_that_it_is_the_last_good_state(desk: Desk) -> None:
    write(desk, put_component("a", "Ranker"))
    append(desk, garbage())

    for _ in range(2):
        answer = browser(desk).get(f"/api/v1/designs/{desk.id}/document")

        document = json.loads(answer.content)
        assert [one["name"] for one in document["board"]["components"]] == ["Ranker"]
        assert answer.headers["X-Ninestep-Note"] == reading.NOT_WHOLE


def test_the_owner_lets_it_go_on(desk: Desk) -> None:
    append(desk, garbage())
    cards(desk)
    address = f"/api/v1/designs/{desk.id}/recover"

    first, second = (browser(desk).post(address) for _ in range(2))

    assert (first.status_code, first.json()) == (200, {"documents": ["board"]})
    assert second.status_code == 409
    assert "X-Ninestep-Note" not in browser(desk).get(f"/api/v1/designs/{desk.id}/document").headers


@pytest.mark.parametrize(
    ("document", "role", "is_told"),
    [
        (DocumentName.BOARD, Role.OBSERVER, True),
        (DocumentName.PRIVATE, Role.INTERVIEWER, True),
        (DocumentName.PRIVATE, Role.CANDIDATE, False),
    ],
)
def test_a_page_says_so_to_those_who_may_read_the_document(
    desk: Desk, document: DocumentName, role: Role, is_told: bool
) -> None:
    key = DocumentKey(desk.id, document)
    log.append([Batch(log.find_log(key), 2, [Entry(garbage())])])
    quarantine.quarantine(log.find_log(key), "it cannot be read")
    actor = Actor(guest_id=desk.add(role).id)
    access = access_for(actor, desk.design)
    assert access

    page: Any = bootstrap_of(desk.design, access, actor, nonce="")

    assert page["design"]["quarantined"] is is_told


# Beside others ---------------------------------------------------------------------------------


@pytest.fixture
def hasty_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Gives a document a tenth of a second."""
    use_limits(Limits(cpu_s=0.1))
    monkeypatch.setattr(quarantine, "PROBE_CPU_S", 0.1)
    yield
    use_limits(Limits())


@pytest.mark.django_db(transaction=True)
def test_others_are_answered_while_one_board_hangs(hasty_reader: None) -> None:
    """The hostile one takes all the time that it may have; nobody else waits so long."""
    hostile, honest = new_desk(), new_desk()
    write(hostile, put_component("a", "Ranker"))
    write(honest, put_component("b", "Store"))
    append(hostile, long_value(3_000_000))

    with ThreadPoolExecutor(2) as threads:
        hanging = threads.submit(in_thread, hostile)
        answered = threads.submit(in_thread, honest)

        assert answered.result() == ["Store"]
        assert not hanging.done()
        assert hanging.result() == ["Ranker"]


def in_thread(desk: Desk) -> list[str]:
    try:
        return cards(desk)
    finally:
        connection.close()
