"""Setting up an interview, and the lobby before its start."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.content import registry
from apps.core.permissions import Role
from apps.designs.models import DesignSession, Participant
from apps.interviews.domain.reading import read
from apps.interviews.models import Accommodation, Interview
from apps.interviews.play import Stage
from apps.teams.domain.pools import create_pool, set_members
from tests.factories import (
    browser_of,
    make_design,
    make_guest,
    make_interview,
    make_participant,
    make_user,
)
from tests.teams.factories import admin_of, give_to, make_member, make_organisation

pytestmark = pytest.mark.django_db

TYPED = {
    "problem": "rec-video",
    "kind": "interview",
    "position": "Senior ML engineer",
    "seniority": "senior",
    "candidate_name": "Priya Raghunathan",
    "candidate_email": "Priya@example.com",
    "scheduled_at": "2026-12-01T10:00",
    "time_zone": "Europe/Amsterdam",
    "brief": "Bring a pen.",
    "notice": "We keep the board.",
}


@pytest.fixture
def owner() -> User:
    return make_user("Tomás")


@pytest.fixture
def typed() -> dict[str, Any]:
    """With steps that the flow really has."""
    steps = [step.id for step in registry.flow().steps]
    return {**TYPED, f"minutes_{steps[0]}": "8", "dives": [steps[3], steps[5]]}


def test_new_interview_keeps_all_that_was_typed(owner: User, typed: dict[str, Any]) -> None:
    answer = browser_of(owner).post("/new", typed)

    interview = Interview.objects.get()
    assert answer.headers["Location"] == reverse("lobby", args=[interview.pk])
    assert interview.scheduled_at == datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    assert interview.candidate_email == "priya@example.com"
    assert (interview.position, interview.seniority) == ("Senior ML engineer", "senior")
    assert interview.plan["problem-formulation"] == 8
    assert interview.deep_dives == typed["dives"]
    assert (interview.preset, interview.scores_by_itself) == ("default", False)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"preset": "equal"}, "Say why the weights differ from the default."),
        ({"candidate_email": "priya"}, "That is not an e-mail address."),
        ({"scheduled_at": "tomorrow"}, "Type a day and a time"),
    ],
)
def test_wrong_input_is_told_and_nothing_typed_is_lost(
    owner: User, typed: dict[str, Any], wrong: dict[str, str], sentence: str
) -> None:
    page = browser_of(owner).post("/new", {**typed, **wrong})

    text = page.content.decode()
    assert page.status_code == 400
    assert sentence in text
    assert 'value="Priya Raghunathan"' in text
    assert "Bring a pen." in text
    assert re.findall(r'value="([^"]+)" checked', text) == typed["dives"]
    assert not Interview.objects.exists()


def test_three_deep_dives_are_one_too_many(owner: User) -> None:
    steps = [step.id for step in registry.flow().steps[:3]]

    page = browser_of(owner).post("/new", {"problem": "rec-video", "dives": steps})

    assert (page.status_code, Interview.objects.count()) == (400, 0)
    assert "At most 2 steps can be deep dives." in page.content.decode()


def test_another_length_changes_the_minutes_and_keeps_the_rest(
    owner: User, typed: dict[str, Any]
) -> None:
    page = browser_of(owner).post("/new", {**typed, "length": "60"})

    text = page.content.decode()
    assert (page.status_code, Interview.objects.count()) == (200, 0)
    assert "60 min</b>" in text
    assert 'value="Priya Raghunathan"' in text


def test_candidate_waits_with_the_brief_until_admitted(owner: User) -> None:
    interview = make_interview(owner, brief="Bring a pen.", notice="We keep the board.")
    guest = make_guest("Priya")
    candidate = make_participant(interview.design, Role.CANDIDATE, guest)
    browser, lobby = browser_of(guest), reverse("lobby", args=[interview.pk])

    sent_away = browser.get(reverse("workspace", args=[interview.pk]))
    waiting = browser.get(lobby).content.decode()
    browser_of(owner).post(reverse("lobby_admit", args=[interview.pk, candidate.id]))

    assert sent_away.headers["Location"] == lobby
    assert "Waiting for Tomás to start" in waiting
    assert "Bring a pen." in waiting
    assert "We keep the board." in waiting
    assert reverse("my_data", args=[interview.pk]) in waiting
    assert browser.get(lobby).headers["Location"] == reverse("workspace", args=[interview.pk])


def test_starting_opens_the_board_to_everybody(owner: User) -> None:
    interview = make_interview(owner)
    guest = make_guest("Priya")
    make_participant(interview.design, Role.CANDIDATE, guest)

    answer = browser_of(owner).post(reverse("lobby_start", args=[interview.pk]))
    again = browser_of(owner).post(reverse("lobby_start", args=[interview.pk]))

    workspace = reverse("workspace", args=[interview.pk])
    assert answer.headers["Location"] == again.headers["Location"] == workspace
    assert read(interview).stage == Stage.RUNNING
    assert browser_of(guest).get(workspace).status_code == 200


def test_accommodations_are_for_the_owner_alone(owner: User) -> None:
    interview = make_interview(owner)
    colleague = make_user("Anneke")
    make_participant(interview.design, Role.INTERVIEWER, colleague)
    lobby = reverse("lobby", args=[interview.pk])
    address = reverse("lobby_accommodations", args=[interview.pk])

    refused = browser_of(colleague).post(address, {"extra_time": "2"})
    browser_of(owner).post(address, {"extra_time": "1.25", "hides_clock": "on"})

    row = Accommodation.objects.get()
    assert refused.status_code == 404
    assert (float(row.extra_time), row.hides_clock, row.focus_mode) == (1.25, True, False)
    assert "For this candidate" in browser_of(owner).get(lobby).content.decode()
    assert "For this candidate" not in browser_of(colleague).get(lobby).content.decode()


def test_impossible_extra_time_is_told(owner: User) -> None:
    interview = make_interview(owner)

    page = browser_of(owner).post(
        reverse("lobby_accommodations", args=[interview.pk]), {"extra_time": "9"}
    )

    assert page.status_code == 400
    assert "At most 3 times the planned time." in page.content.decode()


@pytest.mark.parametrize("name", ["lobby", "lobby_start", "lobby_accommodations"])
def test_strangers_find_no_lobby(owner: User, name: str) -> None:
    interview = make_interview(owner)
    address = reverse(name, args=[interview.pk])

    answer = Client().get(address) if name == "lobby" else Client().post(address)

    assert answer.status_code == 404


def test_links_made_in_the_lobby_lead_back_to_it(owner: User) -> None:
    interview = make_interview(owner)
    browser, lobby = browser_of(owner), reverse("lobby", args=[interview.pk])

    made = browser.post(
        reverse("create_link", args=[interview.pk]), {"role": "candidate", "from": "lobby"}
    )

    assert made.headers["Location"] == lobby
    assert len(re.findall(r"data-copy=", browser.get(lobby).content.decode())) == 1


def test_practice_has_no_lobby(owner: User) -> None:
    practice = make_design(owner, kind=DesignSession.Kind.PRACTICE)

    answer = browser_of(owner).get(reverse("lobby", args=[practice.id]))

    assert answer.status_code == 302
    assert Participant.objects.count() == 1


def test_interviewers_are_drawn_from_a_pool_of_the_team(owner: User) -> None:
    team = make_organisation(owner)
    pool = create_pool(admin_of(team), "Ranking")
    bo = make_member(team, user=make_user("Bo", "bo@example.org"))
    set_members(admin_of(team), pool.id, [bo.id])
    design = give_to(team, make_interview(owner).design)
    client = browser_of(owner)
    address = reverse("lobby_draw", args=[design.id])

    assert b"Ranking, 1 left" in client.get(reverse("lobby", args=[design.id])).content
    told = client.post(address, {"pool": pool.id, "count": 1}, follow=True).content
    assert b"Bo is on the interview now." in told
    again = client.post(address, {"pool": pool.id, "count": 1}, follow=True).content
    assert b"Nobody was drawn. 0 of this pool are left to draw." in again
    nonsense = client.post(address, {"pool": "x", "count": ""}, follow=True).content
    assert b"Choose a pool and type a number." in nonsense


def test_without_a_team_there_is_nobody_to_draw(owner: User) -> None:
    design = make_interview(owner).design

    page = browser_of(owner).get(reverse("lobby", args=[design.id])).content

    assert b"Draw interviewers" not in page
