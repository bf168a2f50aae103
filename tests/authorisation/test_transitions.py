"""What was begun with a right does not go on without it."""

from uuid import UUID

import pytest
from django.test import Client

from apps.core.jobs import worker
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.domain import membership
from apps.designs.models import DesignSession
from apps.interviews.domain import lifecycle
from tests.factories import (
    browser_of,
    make_guest,
    make_interview,
    make_participant,
    owner_access,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def design() -> DesignSession:
    interview = make_interview()
    lifecycle.start(interview, owner_access(interview.design))
    interview.design.refresh_from_db()
    return interview.design


def test_file_that_was_asked_for_is_not_given_to_who_was_removed_meanwhile(
    design: DesignSession,
) -> None:
    guest = make_guest()
    person = make_participant(design, Role.INTERVIEWER, guest)
    browser = browser_of(guest)
    asked = _ask_for_a_file(browser, design)

    membership.remove(design, person.id)
    worker.run(UUID(asked["id"]))
    assert Job.objects.get(id=asked["id"]).status == Job.Status.DONE

    for part in ("", "/file"):
        address = f"/api/v1/designs/{design.id}/exports/{asked['id']}{part}"
        assert browser.get(address).status_code == 404


def test_candidate_cannot_write_over_rest_what_is_frozen_on_the_board(
    design: DesignSession,
) -> None:
    guest = make_guest()
    make_participant(design, Role.CANDIDATE, guest)
    lifecycle.freeze(design.interview, owner_access(design), frozen=True)
    browser = browser_of(guest)

    skipped = browser.post(
        f"/api/v1/designs/{design.id}/interview/skip", {"step": "data"}, "application/json"
    )

    assert skipped.status_code == 404
    assert browser.get(f"/api/v1/designs/{design.id}/layout").status_code == 404


def _ask_for_a_file(browser: Client, design: DesignSession) -> dict[str, str]:
    answer = browser.post(
        f"/api/v1/designs/{design.id}/exports",
        {"format": "svg", "theme": "light"},
        "application/json",
    )
    body: dict[str, str] = answer.json()
    return body
