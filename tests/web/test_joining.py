"""From a link's address to the board."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from apps.core.permissions import Role
from apps.designs.domain import lifecycle, links, membership
from apps.designs.models import Participant
from apps.web.limiter import FAILURES_ALLOWED
from tests.factories import browser_of, make_design, make_link, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget_failures() -> None:
    cache.clear()


def opened(token: str, client: Client | None = None) -> Client:
    client = client or Client()
    client.get(reverse("open_link", args=[token]))
    return client


def test_candidate_joins_by_typing_a_name() -> None:
    design = make_design()
    _, token = make_link(design, Role.CANDIDATE)
    client = Client()

    first = client.get(reverse("open_link", args=[token]))
    brief = client.get(first.headers["Location"])
    joined = client.post(first.headers["Location"], {"name": "Priya"})

    participant = Participant.objects.get(role=Role.CANDIDATE.value)
    assert (first.status_code, first.headers["Referrer-Policy"]) == (302, "no-referrer")
    assert design.problem_prompt[:40] in brief.content.decode()
    assert joined.headers["Location"] == f"/designs/{design.id}/"
    assert (participant.name, participant.color) == ("Priya", 2)
    assert client.get(joined.headers["Location"]).status_code == 200


def test_token_is_on_no_page_after_the_exchange() -> None:
    _, token = make_link(make_design(), Role.CANDIDATE)
    client = Client()

    page = client.get(reverse("open_link", args=[token]), follow=True)

    assert token not in page.content.decode()
    assert token not in str(dict(client.session))


def test_read_only_link_opens_the_board_at_once_and_makes_nobody() -> None:
    design = make_design()
    _, token = make_link(design, Role.OBSERVER)
    client = Client()

    answer = client.get(reverse("open_link", args=[token]), follow=True)

    assert answer.redirect_chain == [(f"/designs/{design.id}/", 302)]
    assert answer.status_code == 200
    assert design.participants.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_name_is_asked_for_again_if_it_is_none(name: str) -> None:
    design = make_design()
    client = opened(make_link(design)[1])

    answer = client.post(reverse("join", args=[design.id]), {"name": name})

    assert answer.status_code == 400
    assert design.participants.count() == 1


def test_signed_in_person_joins_as_themselves() -> None:
    design, user = make_design(), make_user("Kofi")
    client = opened(make_link(design, Role.INTERVIEWER)[1], browser_of(user))

    client.post(reverse("join", args=[design.id]), {"name": "Kofi M."})

    participant = design.participants.get(role=Role.INTERVIEWER.value)
    assert (participant.user, participant.name) == (user, "Kofi M.")


def test_who_is_on_it_already_goes_straight_to_the_board() -> None:
    design = make_design()
    client = opened(make_link(design)[1])
    client.post(reverse("join", args=[design.id]), {"name": "Priya"})

    again = client.get(reverse("join", args=[design.id]))

    assert again.headers["Location"] == f"/designs/{design.id}/"


def test_join_page_without_a_link_is_not_there() -> None:
    assert Client().get(reverse("join", args=[make_design().id])).status_code == 404


def test_link_revoked_between_opening_and_joining_lets_nobody_in() -> None:
    design = make_design()
    link, token = make_link(design)
    client = opened(token)
    links.revoke_link(design, link.id)

    answer = client.post(reverse("join", args=[design.id]), {"name": "Priya"})

    assert answer.status_code == 404
    assert design.participants.count() == 1


def test_removed_person_finds_neither_the_board_nor_the_door() -> None:
    design = make_design()
    client = opened(make_link(design)[1])
    client.post(reverse("join", args=[design.id]), {"name": "Priya"})
    membership.remove(design, design.participants.get(name="Priya").id)

    answers = [client.get(reverse(name, args=[design.id])) for name in ("workspace", "join")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_ended_session_says_so_and_leaves_no_guest_behind() -> None:
    from apps.accounts.models import Guest

    design = make_design(make_user())
    client = opened(make_link(design)[1])
    lifecycle.end(design)

    answer = client.post(reverse("join", args=[design.id]), {"name": "Late"})

    assert answer.status_code == 409
    assert b"has ended" in answer.content
    assert not Guest.objects.exists()


def test_ended_session_says_so_before_it_asks_for_a_name() -> None:
    design = make_design(make_user())
    client = opened(make_link(design)[1])
    lifecycle.end(design)

    answer = client.get(reverse("join", args=[design.id]))

    assert answer.status_code == 409
    assert b"has ended" in answer.content
    assert b'name="name"' not in answer.content


def test_dead_link_says_that_it_is_the_link() -> None:
    design = make_design()
    link, token = make_link(design)
    links.revoke_link(design, link.id)

    answer = Client().get(reverse("open_link", args=[token]))

    assert answer.status_code == 404
    assert b"This link does not open anything" in answer.content


def test_name_that_is_refused_is_tied_to_its_reason() -> None:
    design = make_design()
    client = opened(make_link(design)[1])

    page = client.post(reverse("join", args=[design.id]), {"name": ""}).content.decode()

    assert 'aria-describedby="name_error"' in page
    assert 'id="name_error"' in page


def test_guessing_is_answered_like_an_unknown_token_even_when_right() -> None:
    _, token = make_link(make_design())
    client = Client()

    guesses = [client.get(reverse("open_link", args=[f"x{n}"])) for n in range(FAILURES_ALLOWED)]
    right = client.get(reverse("open_link", args=[token]))

    assert {guess.status_code for guess in guesses} == {404}
    assert (right.status_code, right.content) == (404, guesses[0].content)


def test_good_links_are_not_counted_as_guesses() -> None:
    _, token = make_link(make_design())
    client = Client()

    for _ in range(FAILURES_ALLOWED + 5):
        answer = client.get(reverse("open_link", args=[token]))

    assert answer.status_code == 302
