"""The demo: loaded once, entered by one click, and only where it is switched on."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from apps.accounts.models import User
from apps.content import registry
from apps.designs.models import DesignSession
from apps.interviews.domain.reading import read
from apps.interviews.models import Interview, PanelResult
from apps.notifications.domain.reminders import remind
from apps.notifications.models import Letter
from apps.rooms.domain.reading import current_document
from apps.web.demo import DESIGNS, EMAIL, demo_sign_in_url, read_design
from apps.web.demo_interviews import CANDIDATES, LENGTH, POSITION
from tests.clock import Clock

pytestmark = pytest.mark.django_db


def test_demo_is_loaded_once() -> None:
    call_command("load_demo")
    call_command("load_demo")

    states = [(design.kind, design.ended_at is None) for design in DesignSession.objects.all()]
    ended = len(CANDIDATES) + 1
    assert Counter(states) == {
        ("interview", False): ended,
        ("interview", True): 1,
        ("practice", True): 1,
    }
    assert PanelResult.objects.filter(raters=3, total__isnull=False).count() == ended - 3
    assert not User.objects.get(email=EMAIL).has_usable_password()


def test_each_interview_spent_its_time_on_the_steps_it_reached() -> None:
    call_command("load_demo")

    for interview in Interview.objects.filter(position=POSITION):
        played = read(interview)
        assert played.elapsed_s == pytest.approx(LENGTH.total_seconds())
        assert sum(step.spent_s for step in played.steps) == pytest.approx(played.elapsed_s)
        reached = [step for step in played.steps if step.state in {"in_play", "deep_dive"}]
        assert all(step.spent_s > 60 for step in reached)


def test_each_candidate_wrote_at_the_steps_they_reached_and_drew() -> None:
    call_command("load_demo")

    for interview in Interview.objects.filter(position=POSITION):
        document, _ = current_document(interview.design)
        written = [step["id"] for step in document["steps"] if step["notes"]]
        skipped = {step.id for step in read(interview).steps if step.state.startswith("skipped")}
        assert written == [step["id"] for step in document["steps"] if step["id"] not in skipped]
        assert len(document["board"]["components"]) >= 5
        assert interview.design.participants.filter(name=interview.candidate_name).exists()


def test_nobody_of_the_demo_gets_a_letter(clock: Clock) -> None:
    call_command("load_demo")
    clock.forward(minutes=25 * 60)

    assert remind() == 0
    assert not Letter.objects.exclude(status=Letter.Status.DROPPED).exists()


def test_one_click_signs_in_as_the_demo_owner(settings: Settings) -> None:
    settings.DEMO = True
    call_command("load_demo")
    client = Client()
    address = demo_sign_in_url("http://testserver")
    assert address is not None

    answer = client.get(address, follow=True)

    assert answer.context["user"].email == EMAIL
    assert b"Video recommendation" in answer.content


def test_there_is_no_way_in_without_a_demo(settings: Settings) -> None:
    settings.DEMO = True
    call_command("load_demo")
    address = demo_sign_in_url("http://testserver")
    assert address is not None

    settings.DEMO = False

    assert Client().get(address).status_code == 404
    assert demo_sign_in_url("http://testserver") is None


def test_forged_token_opens_nothing(settings: Settings) -> None:
    settings.DEMO = True
    call_command("load_demo")

    assert Client().get("/demo/ImRlbW8i:forged").status_code == 404


@pytest.mark.parametrize("name", sorted(file.stem for file in DESIGNS.glob("*.json")))
def test_demo_designs_use_the_catalogue_and_their_problem(name: str) -> None:
    document, catalogue = read_design(name), registry.catalogue()

    assert all(catalogue.component(item["type"]) for item in document["board"]["components"])
    assert document["problem"]["id"] in {problem.id for problem in registry.problems()}


def test_worked_design_is_whole() -> None:
    document = read_design("video-recommendation")

    assert len(document["board"]["components"]) >= 25
    assert all(len(step["notes"]) > 500 for step in document["steps"])
