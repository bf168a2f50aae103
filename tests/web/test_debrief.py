"""The debrief page: what each may see on it, and what can be done from it."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.designs.models import Participant
from apps.interviews.models import Accommodation, DebriefNote
from tests.clock import Clock
from tests.factories import browser_of
from tests.interviews.panels import Played, rated_interview

pytestmark = pytest.mark.django_db
SECRET = "canary-of-a-peer"


@pytest.fixture
def rated(clock: Clock) -> Played:
    return rated_interview(clock)


def test_the_panel_sees_levels_spread_and_what_to_discuss(rated: Played) -> None:
    page = _page(rated.raters[0])

    assert "2 of 2 submitted" in page
    assert "Split, time order and leakage" in page or "md.split" in page
    assert "1 against 3" in page
    assert "Never averaged away" in page
    assert "With equal weights the band is No" in page


def test_a_drawer_shows_evidence_and_its_moment(rated: Played) -> None:
    page = _page(rated.raters[0], "?item=md.split")

    assert "“80/10/10”" in page
    assert "5:00" in page


def test_before_ones_own_card_nothing_of_the_peers_is_sent(clock: Clock) -> None:
    rated = rated_interview(clock, owner_rates=True)
    rated.interview.cards.filter(rater=rated.raters[0]).update(verdict_reason=SECRET)
    DebriefNote.objects.create(
        interview=rated.interview, author_name="Kofi", text=SECRET, at=clock.now
    )

    page = _page(rated.owner, "?item=model")

    assert "2 of 3 submitted" in page
    assert "Mine." in page
    assert SECRET not in page
    assert "80/10/10" in page  # one's own
    assert "2.99" not in page
    assert "Random split" not in page


def test_accommodations_leave_no_trace(rated: Played) -> None:
    before = _page(rated.raters[0])
    Accommodation.objects.create(
        interview=rated.interview, extra_time="1.50", hides_clock=True, set_by_name="Owner"
    )

    after = _page(rated.raters[0])

    assert _without_tokens(after) == _without_tokens(before)


def test_deciding_and_signing_off_from_the_page(rated: Played) -> None:
    design = rated.interview.design_id
    owner, rater = _browser(rated.owner), _browser(rated.raters[0])

    owner.post(reverse("decide", args=[design]), {"verdict": "yes", "reason": "Sound & whole."})
    rater.post(reverse("sign_off", args=[design]))
    page = _page(rated.raters[1])

    assert "Sound &amp; whole." in page
    assert "not signed off" in page
    assert "signed off <time" in page


def test_a_level_is_revised_with_a_reason_and_both_are_shown(rated: Played) -> None:
    address = reverse("debrief_revise", args=[rated.interview.design_id])

    _browser(rated.raters[0]).post(
        address, {"item": "md.split", "level": "3", "reason": "The note was corrected."}
    )
    page = _page(rated.raters[1], "?item=md.split")

    assert "Was 1, revised" in page
    assert "The note was corrected." in page


def test_a_note_belongs_to_its_item(rated: Played) -> None:
    address = reverse("debrief_note", args=[rated.interview.design_id])

    answer = _browser(rated.raters[0]).post(
        address, {"item": "model", "text": "<b>Ask again</b>", "at_item": "model"}
    )

    assert answer.headers["Location"].endswith("?item=model")
    assert "&lt;b&gt;Ask again&lt;/b&gt;" in _page(rated.raters[1], "?item=model")
    assert "Ask again" not in _page(rated.raters[1])


def _browser(person: Participant) -> Client:
    return browser_of(person.user or person.guest)


def _page(person: Participant, query: str = "") -> str:
    answer = _browser(person).get(reverse("debrief", args=[person.design_id]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line]
