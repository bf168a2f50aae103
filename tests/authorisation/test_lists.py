"""Pages outside a design × everybody who may ask: a candidate's own, and those that list."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from apps.core.permissions import Role
from apps.interviews.domain import lifecycle
from apps.interviews.domain.privacy.notices import give_consent
from apps.interviews.models import Interview
from tests.authorisation.askers import ASKERS
from tests.authorisation.cells import seen, undone
from tests.authorisation.table import CANDIDATES_PAGES, TABLE
from tests.factories import make_interview, owner_access

pytestmark = pytest.mark.django_db
NAME, POSITION = "Zwanida Quist", "Ranking lead"
ADDRESSES = {
    "role": ("ranking-lead",),
    "problem_interviews": ("rec-video",),
}


@pytest.mark.parametrize("asker", ASKERS)
def test_candidates_pages_open_for_the_candidate_alone(asker: str) -> None:
    interview = _under_way()
    become, role = ASKERS[asker]
    client = become(interview.design)
    for person in interview.design.participants.filter(role=Role.CANDIDATE):
        give_consent(interview, person)

    assert list(_faults(interview, client, is_candidate=role == Role.CANDIDATE)) == []


def _faults(interview: Interview, client: Client, *, is_candidate: bool) -> Iterator[str]:
    for page in CANDIDATES_PAGES:
        send = getattr(client, page.method)
        with undone():
            answer = send(reverse(page.name, args=[interview.pk]), page.body)
            missing = send(reverse(page.name, args=[uuid4()]), page.body)
        if is_candidate and answer.status_code not in {200, 302}:
            yield f"{page} is open to them, and answers {answer.status_code}"
        if not is_candidate and (answer.status_code != 404 or seen(answer) != seen(missing)):
            yield f"{page} is closed to them, and answers {answer.status_code}"


@pytest.mark.parametrize("asker", ASKERS)
def test_lists_name_an_interview_to_whom_the_table_says(asker: str) -> None:
    interview = _under_way()
    become, role = ASKERS[asker]
    client = become(interview.design)
    lifecycle.end(interview, owner_access(interview.design))

    naming = set()
    for page in TABLE["lists"]:
        answer = client.get(reverse(page, args=ADDRESSES.get(page)))
        assert answer.status_code in {200, 404}
        if NAME in answer.content.decode() or POSITION in answer.content.decode():
            naming.add(page)

    expected = {page for page, roles in TABLE["lists"].items() if role and role.value in roles}
    assert naming == expected


def _under_way() -> Interview:
    interview = make_interview(candidate_name=NAME, position=POSITION)
    lifecycle.start(interview, owner_access(interview.design))
    interview.refresh_from_db()
    return interview
