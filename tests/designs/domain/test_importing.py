"""A file becomes a session whole, with all steps of its flow."""

import pytest

from apps.accounts.actors import Actor
from apps.accounts.domain.guests import as_guest
from apps.content import registry
from apps.designs.document.validation import parse
from apps.designs.domain.importing import import_design
from apps.designs.domain.projection import document_of_rows
from tests.designs.document.documents import EXAMPLE, example

pytestmark = pytest.mark.django_db


def test_everything_but_identity_is_kept() -> None:
    document = parse(EXAMPLE)

    session = import_design(as_guest(Actor(), "Ada"), document)

    again = document_of_rows(session)
    kept = ("title", "flow", "problem", "board", "comments", "x-tool")
    assert {key: again.get(key) for key in kept} == {key: document.get(key) for key in kept}
    assert again["id"] == str(session.id) != document["id"]


def test_missing_steps_of_the_flow_are_added_empty() -> None:
    session = import_design(as_guest(Actor(), "Ada"), parse(EXAMPLE))

    steps = document_of_rows(session)["steps"]
    assert [step["id"] for step in steps] == [step.id for step in registry.flow().steps]
    assert steps[1]["notes"] == EXAMPLE["steps"][0]["notes"]  # type: ignore[index,call-overload]
    assert steps[0] == {
        "id": "problem-formulation",
        "number": 1,
        "status": "not_reached",
        "notes": "",
    }


def test_a_flow_we_do_not_know_keeps_its_own_steps() -> None:
    data = example()
    data["flow"] = {"id": "two-steps", "version": "3"}

    session = import_design(as_guest(Actor(), "Ada"), parse(data))

    assert [step["id"] for step in document_of_rows(session)["steps"]] == ["metrics", "data"]
