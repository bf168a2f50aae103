"""Every page of a design × everybody who may ask. A page that is missing in the table fails."""

import re
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
from tests.authorisation.table import PAGES, TABLE, Page, may
from tests.factories import make_guest, make_interview, make_link, make_participant, owner_access

pytestmark = pytest.mark.django_db
NOISE = re.compile(r'nonce="[^"]+"|csrf\w*" value="[^"]+"|/designs/[0-9a-f-]{36}')


def test_every_page_is_in_the_table() -> None:
    known = {page.name for page in PAGES} | set(TABLE["other_pages"])

    assert set(_named(urlpatterns)) == known


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("entry", PAGES, ids=str)
def test_page_opens_for_whom_the_table_says(entry: Page, asker: str) -> None:
    design = _interview_under_way()
    become, role = ASKERS[asker]
    client = become(design)
    address = _address(entry, design)

    answer = _ask(client, entry, address)

    if may(role, entry.action):
        assert answer.status_code in ({200, 302, 404, 409} if entry.withheld else {200, 302})
    elif asker == "holder of a candidate link" or asker == "holder of an interviewer link":
        # They are led to the page where they give their name, and see nothing of the design.
        assert answer.status_code in {302, 404}
        assert answer.headers.get("Location", "/join").startswith("/join")
    else:
        missing = _ask(client, entry, address.replace(str(design.id), str(uuid4())))
        assert answer.status_code == 404
        assert _seen(answer) == _seen(missing)


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
        "report": lambda: [uuid4()],
        "run": lambda: [score_as_is(design, *current_document(design)).id],
    }
    return reverse(page.name, args=[design.id, *more[page.of]()])


def _ask(client: Client, page: Page, address: str) -> HttpResponse:
    send: Callable[..., HttpResponse] = getattr(client, page.method)
    return send(address, page.body)


def _seen(answer: HttpResponse) -> str:
    """Without what differs from one answer to the next anyway."""
    return NOISE.sub("", answer.content.decode())


def _named(patterns: Any) -> Iterator[str]:
    """healthz and its like have no name."""
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            yield from _named(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name
