"""What a candidate is given becomes the same design again, whatever its shape."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import apps.web.demo_designs
from apps.content import registry
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse
from apps.designs.domain.importing import import_design
from apps.designs.models import DesignSession
from apps.interviews.domain.privacy.export import Contents, export_candidate
from apps.interviews.models import Interview
from apps.rooms.domain.reading import current_document
from tests.designs.document.documents import EXAMPLE, documents
from tests.factories import actor_for, make_interview, make_user, owner_access

(DEMO,) = map(Path, apps.web.demo_designs.__path__)
SHAPES = {"example": EXAMPLE} | {
    path.stem: json.loads(path.read_text()) for path in sorted(DEMO.glob("*.json"))
}
CONTENT = ("title", "flow", "problem", "steps", "board")


def exported(design: DesignSession) -> DesignDocument:
    """As the file in the zip has it."""
    interview = Interview.objects.get(pk=design.id)
    body = export_candidate(interview, owner_access(design), Contents())
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return parse(json.loads(archive.read("design.json")))


def imported(document: DesignDocument) -> DesignDocument:
    return current_document(import_design(actor_for(make_user()), document))[0]


def content(document: DesignDocument) -> list[object]:
    return [document.get(part) for part in CONTENT]


def interview_on(document: DesignDocument) -> DesignSession:
    """With all steps of its flow, as every interview has them."""
    owner = actor_for(make_user("Owner"))
    design = import_design(owner, document, DesignSession.Kind.INTERVIEW)
    Interview.objects.get_or_create(design=design)
    return design


@pytest.mark.django_db
@pytest.mark.parametrize("shape", SHAPES)
def test_export_of_a_design_imports_to_an_equal_one(shape: str) -> None:
    design = interview_on(parse(SHAPES[shape]))

    document = exported(design)

    assert content(document) == content(current_document(design)[0])
    assert content(imported(document)) == content(document)


@pytest.mark.django_db
@pytest.mark.parametrize("flow", [flow.id for flow in registry.flows()])
def test_export_of_an_untouched_interview_imports_to_an_equal_one(flow: str) -> None:
    design = make_interview(problem=None, flow=flow, title="Our own problem").design

    document = exported(design)

    assert content(imported(document)) == content(document)


@pytest.mark.django_db
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(documents())
def test_export_of_any_design_imports_to_an_equal_one(document: DesignDocument) -> None:
    design = interview_on(document)

    again = exported(design)

    assert content(imported(again)) == content(again)
