"""What a run is given to read: the steps that were reached, told from what is there."""

from apps.content import registry
from apps.designs.document.types import DesignDocument
from apps.scoring.domain.materials import as_played
from tests.scoring.documents import STEPS, make_board, make_document

NOT_REACHED = dict.fromkeys(STEPS, "not_reached")


def states(document: DesignDocument) -> dict[str, str]:
    played = as_played(document, registry.rubric())
    return {step["id"]: step["status"] for step in played["steps"]}


def test_a_step_with_notes_was_reached() -> None:
    document = make_document({"metrics": "nDCG at 10", "data": " \n"}, statuses=NOT_REACHED)

    assert states(document) == {**NOT_REACHED, "metrics": "in_play"}


def test_something_drawn_reaches_the_step_that_the_board_shows() -> None:
    document = make_document(board=make_board({"r": "ranker"}, ""), statuses=NOT_REACHED)

    assert states(document) == {**NOT_REACHED, "architecture": "in_play"}


def test_a_state_that_somebody_gave_stands() -> None:
    given = {"metrics": "skipped_by_interviewer", "data": "deep_dive"}
    document = make_document({"metrics": "nDCG", "data": "Labels"}, statuses=given)

    assert states(document) == {**dict.fromkeys(STEPS, "in_play"), **given}


def test_the_document_itself_is_not_changed() -> None:
    document = make_document({"metrics": "nDCG"}, statuses=NOT_REACHED)

    as_played(document, registry.rubric())

    assert {step["status"] for step in document["steps"]} == {"not_reached"}
