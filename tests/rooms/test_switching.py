"""A session that goes on in another flow: what its two live documents hold then, and before."""

from typing import Any

import pytest
from pycrdt import Map

from apps.content import registry
from apps.core.errors import Conflict, NotFound
from apps.core.jobs import worker
from apps.core.models import Job
from apps.designs.document.validation import parse
from apps.designs.domain import lifecycle
from apps.designs.domain.flows import switch_flow
from apps.designs.domain.importing import import_design
from apps.designs.domain.projection import document_of_rows
from apps.rooms.documents import DocumentKey, DocumentName
from apps.rooms.domain import log
from apps.rooms.domain.reading import current_document
from apps.rooms.models import Log
from apps.scoring.stdio import score_document
from tests.factories import actor_for
from tests.rooms.desk import Desk, new_desk
from tests.rooms.peer import Peer, write_note
from tests.rooms.test_reading import store

pytestmark = pytest.mark.django_db

LEARNING = [step.id for step in registry.flow("ml-9-step").steps]
ORDINARY = [step.id for step in registry.flow("system-design").steps]
ASKED = "Asked whether a rule would do. Told yes, within 25 percent."


@pytest.fixture
def desk() -> Desk:
    return new_desk()


def notes_of(desk: Desk) -> dict[str, str]:
    document, _ = current_document(desk.design)
    return {step["id"]: step["notes"] for step in document["steps"]}


def test_the_new_steps_are_there_and_the_old_notes_are_kept(desk: Desk) -> None:
    store(desk, write_note("problem-formulation", ASKED))

    switch_flow(desk.design, "system-design")

    notes = notes_of(desk)
    assert set(notes) == {*LEARNING, *ORDINARY}
    assert notes["problem-formulation"] == ASKED
    assert current_document(desk.design)[0]["flow"] == {
        "id": "system-design",
        "version": registry.flow("system-design").version,
    }


def test_there_and_back_again_writes_each_step_once(desk: Desk) -> None:
    store(desk, write_note("problem-formulation", ASKED))

    switch_flow(desk.design, "system-design")
    store(desk, write_note("scale", "One database will do for ten years."))
    rows = log.last_seq(log.find_log(desk.board))
    switch_flow(desk.design, "ml-9-step")
    switch_flow(desk.design, "system-design")

    assert log.last_seq(log.find_log(desk.board)) == rows
    notes = notes_of(desk)
    assert notes["problem-formulation"] == ASKED
    assert notes["scale"] == "One database will do for ten years."


def test_interviewers_can_write_private_notes_on_the_new_steps(desk: Desk) -> None:
    switch_flow(desk.design, "system-design")

    peer = Peer()
    for payload in log.open_log(DocumentKey(desk.id, DocumentName.PRIVATE)).payloads:
        peer.doc.apply_update(payload)
    assert set(peer.doc.get("notes", type=Map).keys()) == {"general", *LEARNING, *ORDINARY}


def test_rows_and_files_carry_the_notes_of_both_flows(desk: Desk) -> None:
    store(desk, write_note("problem-formulation", ASKED))
    switch_flow(desk.design, "system-design")
    worker.run(Job.objects.get(subject=desk.id).id)
    desk.design.refresh_from_db()

    exported, _ = current_document(desk.design)
    imported = import_design(actor_for(desk.owner), parse({**exported}))

    assert document_of_rows(desk.design)["steps"] == exported["steps"]
    again, _ = current_document(imported)
    assert (again["flow"], again["steps"]) == (exported["flow"], exported["steps"])


def test_scoring_goes_by_the_flow_of_the_moment(desk: Desk) -> None:
    switch_flow(desk.design, "system-design")
    document, _ = current_document(desk.design)

    reply: Any = score_document(document)

    assert list(reply["steps"]) == ORDINARY


def test_switching_to_the_same_flow_changes_nothing(desk: Desk) -> None:
    switch_flow(desk.design, "ml-9-step")

    assert log.last_seq(log.find_log(desk.board)) == 1


def test_an_unknown_flow_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound):
        switch_flow(desk.design, "waterfall")


def test_a_flow_that_only_a_file_knows_is_not_left(desk: Desk) -> None:
    """There would be no way back."""
    document, _ = current_document(desk.design)
    foreign = parse({**document, "flow": {"id": "somebody-elses", "version": "1.0.0"}})
    design = import_design(actor_for(desk.owner), foreign)

    with pytest.raises(Conflict, match="does not have"):
        switch_flow(design, "system-design")


def test_a_session_that_has_ended_stays_as_it_is(desk: Desk) -> None:
    lifecycle.end(desk.design)

    switch_flow(desk.design, "system-design")

    assert desk.design.flow_id == "ml-9-step"


def test_a_session_in_quarantine_waits(desk: Desk) -> None:
    Log.objects.filter(id=log.find_log(desk.board)).update(quarantine="a test", good_seq=1)

    with pytest.raises(Conflict, match="last good state"):
        switch_flow(desk.design, "system-design")

    desk.design.refresh_from_db()
    assert desk.design.flow_id == "ml-9-step"
