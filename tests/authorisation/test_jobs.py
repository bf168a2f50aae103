"""Every kind of work behind the requests: who asks for it, and who gets what came of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from apps.core.jobs import registry, worker
from apps.core.models import Job
from apps.core.permissions import Role
from apps.designs.domain import membership
from apps.designs.models import DesignSession, Participant
from tests.api.test_policy import ENDPOINTS
from tests.authorisation.table import JOBS, TABLE
from tests.factories import browser_of, make_design, make_guest, make_participant

pytestmark = pytest.mark.django_db


def test_every_kind_of_job_is_in_the_table() -> None:
    assert set(JOBS) == set(registry._registrations)


def test_who_asks_has_a_right_that_the_table_knows() -> None:
    for kind, row in TABLE["jobs"].items():
        assert ("asks" in row) != ("why" in row), kind
        assert row.get("asks", "view") in TABLE["actions"], kind


@pytest.mark.parametrize("name", sorted({name for names in JOBS.values() for name in names}))
def test_what_gives_a_result_is_an_endpoint_of_the_table(name: str) -> None:
    """So that it is walked through for everybody who may ask, by tests/api/test_policy.py."""
    assert [one for one in ENDPOINTS if one.name == name and one.method == "get"]


@pytest.mark.parametrize(
    ("asks", "body", "reads"),
    [
        ("exports", {"format": "svg", "theme": "light"}, ("export", "export_file")),
        ("scores", {}, ("score", "latest_score")),
    ],
)
@pytest.mark.parametrize("loses", ["is removed", "becomes an observer"])
def test_result_is_not_given_to_who_lost_the_right_before_it_was_there(
    asks: str, body: dict[str, Any], reads: tuple[str, ...], loses: str
) -> None:
    design = make_design(kind=DesignSession.Kind.PRACTICE)
    guest = make_guest()
    person = make_participant(design, Role.INTERVIEWER, guest)
    browser = browser_of(guest)
    answer = browser.post(f"/api/v1/designs/{design.id}/{asks}", body, "application/json")
    asked = answer.json()
    found = asked.get("run", asked)["id"]

    LOSSES[loses](design, person)
    _work_through()

    for name in reads:
        assert browser.get(_address(name, design, found)).status_code == 404


def test_there_is_no_admin_site() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")
    assert Client().get("/admin/").status_code == 404


def _demote(design: DesignSession, person: Participant) -> None:
    design.participants.filter(id=person.id).update(role=Role.OBSERVER.value)


LOSSES: dict[str, Callable[[DesignSession, Participant], object]] = {
    "is removed": lambda design, person: membership.remove(design, person.id),
    "becomes an observer": _demote,
}


def _work_through() -> None:
    """Jobs bring other jobs with them."""
    while job := Job.objects.filter(status=Job.Status.QUEUED).first():
        worker.run(job.id)


def _address(name: str, design: DesignSession, found: str) -> str:
    args = [str(design.id)] if name == "latest_score" else [str(design.id), found]
    return reverse(f"api:{name}", args=args)
