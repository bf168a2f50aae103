"""The design document as the stored log gives it, and the rows made from it."""

from typing import Any

import pytest
from pycrdt import Array, Doc

from apps.core.jobs import worker
from apps.core.models import Job
from apps.designs.models import Component
from apps.rooms.domain import log
from apps.rooms.domain.log import Batch, Entry
from apps.rooms.domain.projecting import behind, is_behind, request_projection
from apps.rooms.domain.reading import current_document
from tests.rooms.desk import Desk, new_desk
from tests.rooms.peer import Change, Peer, put_component, write_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return new_desk()


def store(desk: Desk, *changes: Change) -> None:
    """Appends what a client would have sent."""
    peer = Peer()
    opened = log.open_log(desk.board)
    for payload in opened.payloads:
        peer.doc.apply_update(payload)
    for seq, change in enumerate(changes, start=opened.seq + 1):
        before = peer.doc.get_state()
        change(peer.doc)
        log.append([Batch(opened.log_id, seq, [Entry(peer.doc.get_update(before))])])


def test_the_document_is_what_the_log_says(desk: Desk) -> None:
    store(desk, put_component("a", "Ranker"), write_note("data", "Clicks."))

    document, seq = current_document(desk.design)

    assert seq == 3
    assert [one["name"] for one in document["board"]["components"]] == ["Ranker"]
    assert {step["id"]: step["notes"] for step in document["steps"]}["data"] == "Clicks."
    assert document["title"] == desk.design.title


def test_what_a_reader_changes_does_not_reach_the_next(desk: Desk) -> None:
    store(desk, put_component("a", "Ranker"))
    current_document(desk.design)[0]["board"]["components"].clear()

    assert current_document(desk.design)[0]["board"]["components"]


def test_a_foreign_root_in_the_log_does_not_break_reading(desk: Desk) -> None:
    foreign: Doc[Any] = Doc()
    foreign.get("elsewhere", type=Array).append("🙂")
    log.append([Batch(log.find_log(desk.board), 2, [Entry(foreign.get_update())])])

    assert current_document(desk.design)[1] == 2


def test_one_job_waits_however_often_it_is_asked_for(desk: Desk) -> None:
    store(desk, put_component("a", "Ranker"))
    assert is_behind(desk.id)

    request_projection(desk.id)
    request_projection(desk.id)

    [job] = Job.objects.filter(subject=desk.id)
    worker.run(job.id)
    assert [row.name for row in Component.objects.filter(design=desk.design)] == ["Ranker"]
    assert not is_behind(desk.id)


def test_only_designs_with_newer_changes_are_behind(desk: Desk) -> None:
    other = new_desk()
    for one in (desk, other):
        request_projection(one.id)
        worker.run(Job.objects.get(subject=one.id).id)
    store(other, put_component("a", "Ranker"))

    assert behind([desk.id, other.id]) == {other.id}


def test_a_finished_job_is_followed_by_a_new_one(desk: Desk) -> None:
    request_projection(desk.id)
    worker.run(Job.objects.get(subject=desk.id).id)

    request_projection(desk.id)

    assert Job.objects.filter(subject=desk.id).count() == 2
