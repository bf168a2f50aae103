"""Writing problems: for staff only; a draft keeps what was typed, publishing is for whole texts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client

from apps.accounts.models import User
from apps.content.domain import library
from apps.content.domain.authoring import publish, start
from apps.content.models import ProblemEdition
from tests.factories import browser_of, make_guest, make_user

pytestmark = pytest.mark.django_db

State = ProblemEdition.State


@pytest.fixture
def staff() -> User:
    user = make_user()
    user.is_staff = True
    user.save()
    return user


@pytest.fixture
def draft(staff: User) -> ProblemEdition:
    return start(staff, "rec-video")


def text_of(page: HttpResponseBase) -> str:
    content: bytes = page.content  # type: ignore[attr-defined]
    return content.decode()


ASKINGS: list[Callable[[Client, ProblemEdition], Any]] = [
    lambda client, _draft: client.get("/write"),
    lambda client, _draft: client.post("/write/start", {"problem": "own"}),
    lambda client, draft: client.get(f"/write/{draft.id}"),
    lambda client, draft: client.post(f"/write/{draft.id}", {"source": "id: x"}),
    lambda client, draft: client.post(f"/write/{draft.id}", {"source": "", "publish": "1"}),
    lambda client, draft: client.post(f"/write/{draft.id}/retire"),
    lambda client, draft: client.post(f"/write/{draft.id}/bring-back"),
    lambda client, draft: client.post(f"/write/{draft.id}/discard"),
]


@pytest.mark.parametrize("ask", ASKINGS)
@pytest.mark.parametrize("who", ["stranger", "guest", "account"])
def test_there_is_nothing_here_for_others(
    who: str, ask: Callable[[Client, ProblemEdition], Any], draft: ProblemEdition
) -> None:
    somebody = {"stranger": None, "guest": make_guest(), "account": make_user()}[who]

    answer = ask(browser_of(somebody), draft)

    assert answer.status_code == 404
    assert list(ProblemEdition.objects.values_list("id", "source")) == [(draft.id, draft.source)]


def test_a_draft_begins_with_the_problem_as_it_is(staff: User) -> None:
    client = browser_of(staff)

    page = client.post("/write/start", {"problem": "rec-video"}, follow=True)

    assert "title: Video recommendation" in text_of(page)
    assert 'class="pv-title">Video recommendation</h2>' in text_of(page)  # the preview


def test_a_bad_id_is_told_at_the_field(staff: User) -> None:
    page = browser_of(staff).post("/write/start", {"problem": "No Spaces"})

    assert page.status_code == 400
    assert "small letters, digits and hyphens" in text_of(page)


def test_a_second_draft_of_a_problem_is_refused(staff: User, draft: ProblemEdition) -> None:
    page = browser_of(staff).post("/write/start", {"problem": draft.problem_id})

    assert page.status_code == 409
    assert "There is a draft of" in text_of(page)


def test_what_was_typed_is_kept_faults_and_all(staff: User, draft: ProblemEdition) -> None:
    page = browser_of(staff).post(f"/write/{draft.id}", {"source": "title: <b>half</b>"})

    draft.refresh_from_db()
    assert draft.source == "title: <b>half</b>"
    assert "line 1: $ &#x27;id&#x27; is a required property" in text_of(page)
    assert "&lt;b&gt;half" in text_of(page)


def test_a_text_with_a_fault_is_not_published(staff: User, draft: ProblemEdition) -> None:
    page = browser_of(staff).post(f"/write/{draft.id}", {"source": "[", "publish": "1"})

    assert page.status_code == 400
    assert "is not YAML" in text_of(page)
    assert ProblemEdition.objects.get().state == State.DRAFT


def test_publishing_leads_to_the_problem(staff: User, draft: ProblemEdition) -> None:
    source = draft.source.replace("title: Video recommendation", "title: Rows of films")

    page = browser_of(staff).post(
        f"/write/{draft.id}", {"source": source, "publish": "1"}, follow=True
    )

    assert page.redirect_chain == [("/problems/rec-video", 302)]
    assert 'class="pv-title">Rows of films</h2>' in text_of(page)


def test_a_published_problem_is_retired_and_brought_back(
    staff: User, draft: ProblemEdition
) -> None:
    publish(staff, draft.id)
    client = browser_of(staff)

    client.post(f"/write/{draft.id}/retire")
    assert client.get("/problems/rec-video").status_code == 404

    client.post(f"/write/{draft.id}/bring-back")
    assert library.problem("rec-video").id == "rec-video"


def test_a_draft_is_thrown_away(staff: User, draft: ProblemEdition) -> None:
    browser_of(staff).post(f"/write/{draft.id}/discard")

    assert not ProblemEdition.objects.exists()
