"""The flow of a session: the version it began with, or the nearest that can be read."""

import pytest

from apps.content import registry
from apps.content.models import PackVersion
from apps.designs.models import DesignSession
from apps.web.flows import flow_of
from tests.factories import make_design

pytestmark = pytest.mark.django_db

EARLIER = "0.9.0"


@pytest.fixture
def design() -> DesignSession:
    made = make_design()
    made.flow_version = EARLIER
    made.save()
    return made


def remember(**changes: object) -> None:
    """The flow as an earlier release had it."""
    now = registry.pack("flow", "ml-9-step").document
    document = {**now, "version": EARLIER, **changes}
    PackVersion.objects.create(
        kind="flow", pack_id="ml-9-step", version=EARLIER, sha256="of old", document=document
    )


def test_the_version_it_began_with(design: DesignSession) -> None:
    remember(name="The flow of old")

    assert flow_of(design).name == "The flow of old"


def test_a_version_that_was_never_here_gives_way_to_the_present_one(design: DesignSession) -> None:
    assert flow_of(design) == registry.flow()


def test_a_form_that_this_program_cannot_read_gives_way_too(design: DesignSession) -> None:
    remember(steps=[{"id": "metrics", "minutes": 5, "prompts": [{"text": "Which?"}]}])

    assert flow_of(design) == registry.flow()


def test_a_flow_that_is_not_here_is_what_its_document_says(design: DesignSession) -> None:
    design.flow_id = "somebody-elses"

    assert [step.id for step in flow_of(design).steps] == [
        step.id for step in registry.flow().steps
    ]
