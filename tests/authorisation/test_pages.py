"""Every page of a design × everybody who may ask. A page that is missing in the table fails.

One interview an asker: what a cell does to it is taken back before the next.
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from apps.core.permissions import Role
from apps.designs.models import DesignSession
from apps.interviews.domain import lifecycle
from apps.rooms.domain.reading import current_document
from apps.scoring.domain.runs import score_as_is
from apps.web.urls import urlpatterns
from tests.authorisation.askers import ASKERS
from tests.authorisation.cells import make_report, seen, undone
from tests.authorisation.table import CANDIDATES_PAGES, PAGES, TABLE, TEAM_PAGES, Page, may
from tests.factories import make_guest, make_interview, make_link, make_participant, owner_access

pytestmark = pytest.mark.django_db


def test_every_page_is_in_the_table() -> None:
    known = {page.name for page in PAGES}
    known |= {page.name for page in [*CANDIDATES_PAGES, *TEAM_PAGES]}
    known |= {*TABLE["lists"], *TABLE["other_pages"]}

    assert set(_named(urlpatterns)) == known


@pytest.mark.parametrize("asker", ASKERS)
def test_pages_open_for_whom_the_table_says(asker: str) -> None:
    design = _interview_under_way()
    become, role = ASKERS[asker]
    client = become(design)

    wrong = []
    for entry in PAGES:
        with undone():
            wrong += [f"{entry}: {fault}" for fault in _faults(entry, design, client, asker, role)]

    assert wrong == []


def _faults(
    entry: Page, design: DesignSession, client: Client, asker: str, role: Role | None
) -> Iterator[str]:
    address = _address(entry, design)
    answer = _ask(client, entry, address)
    status = answer.status_code
    if may(role, entry.action):
        if status not in ({entry.withheld} if entry.withheld else {200, 302}):
            yield f"is open to them, and answers {status}"
    elif asker in {"holder of a candidate link", "holder of an interviewer link"}:
        # They are led to the page where they give their name, and see nothing of the design.
        is_led = status == 302 and answer.headers["Location"].startswith("/join")
        if status != 404 and not is_led:
            yield f"lets somebody in who has not joined: {status}"
    else:
        missing = _ask(client, entry, address.replace(str(design.id), str(uuid4())))
        if status != 404:
            yield f"is closed to them, and answers {status}"
        if seen(answer) != seen(missing):
            yield "tells that the design exists"


def _interview_under_way() -> DesignSession:
    interview = make_interview()
    lifecycle.start(interview, owner_access(interview.design))
    interview.design.refresh_from_db()
    return interview.design


def _address(page: Page, design: DesignSession) -> str:
    more: dict[str, Any] = {
        "": list,
        "link": lambda: [make_link(design)[0].id],
        "person": lambda: [make_participant(design, Role.OBSERVER).id],
        "waiting": lambda: [make_participant(design, Role.CANDIDATE, make_guest("Late")).id],
        "report": lambda: [make_report(design).id],
        "run": lambda: [score_as_is(design, *current_document(design)).id],
    }
    return reverse(page.name, args=[design.id, *more[page.of]()])


def _ask(client: Client, page: Page, address: str) -> HttpResponse:
    send: Callable[..., HttpResponse] = getattr(client, page.method)
    return send(address, page.body)


def _named(patterns: Any) -> Iterator[str]:
    """healthz and its like have no name."""
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            yield from _named(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name
