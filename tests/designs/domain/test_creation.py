"""How a design session comes into being."""

import pytest

from apps.content import registry
from apps.core.errors import NotFound
from apps.designs import signals
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse
from apps.designs.domain.creation import create_design
from apps.designs.models import DesignSession
from tests.factories import actor_for, make_design, make_guest, make_user

pytestmark = pytest.mark.django_db


def test_new_design_copies_its_problem() -> None:
    problem = registry.problem("rec-video")

    design = make_design(problem="rec-video")

    assert (design.title, design.problem_id) == (problem.title, problem.id)
    assert (design.problem_version, design.problem_prompt) == (
        problem.version,
        problem.prompt.strip(),
    )


def test_new_design_belongs_to_its_maker() -> None:
    guest = make_guest("Kofi")

    design = make_design(guest)

    owner = design.participants.get()
    assert (owner.guest, owner.role, owner.name, owner.color) == (guest, "owner", "Kofi", 1)


def test_first_document_holds_every_step_of_the_flow() -> None:
    documents: list[DesignDocument] = []

    def listen(document: DesignDocument, **_: object) -> None:
        documents.append(document)

    signals.design_created.connect(listen)
    try:
        design = make_design(title="Mine")
    finally:
        signals.design_created.disconnect(listen)

    assert [step["id"] for step in documents[0]["steps"]] == [
        step.id for step in registry.flow().steps
    ]
    assert (documents[0]["id"], documents[0]["title"]) == (str(design.id), "Mine")


def test_design_without_problem_or_title_has_a_name() -> None:
    design = make_design(problem=None)

    assert design.title == "Untitled design"


def test_imported_document_brings_title_problem_and_unknown_keys() -> None:
    document = parse(
        {
            "format": "ninestep/design",
            "version": 1,
            "title": "Brought along",
            "flow": {"id": "own-flow", "version": "7"},
            "problem": {"id": "p", "title": "P", "prompt": "Do it"},
            "steps": [],
            "board": {},
            "mood": "calm",
        }
    )

    design = make_design(document=document)

    assert (design.title, design.flow_id, design.problem_prompt) == (
        "Brought along",
        "own-flow",
        "Do it",
    )
    assert design.extra == {"comments": [], "mood": "calm"}


def test_unknown_problem_creates_nothing() -> None:
    with pytest.raises(NotFound):
        make_design(make_user(), problem="no-such")

    assert not DesignSession.objects.exists()


def test_stranger_cannot_own_a_design() -> None:
    with pytest.raises(ValueError):
        create_design(actor_for(None), DesignSession.Kind.PRACTICE)

    assert not DesignSession.objects.exists()
