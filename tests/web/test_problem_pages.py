"""The bank and the handbook: browsing, filtering, and what each page shows to whom."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from apps.content import registry
from apps.content.domain import library
from apps.content.types import Problem
from tests.factories import browser_of, make_user

pytestmark = pytest.mark.django_db


def listed(client: Client, query: str) -> set[str]:
    """Ids of the problems in the list beside the chosen one."""
    page = client.get(f"/problems?{query}").content.decode()
    return set(re.findall(r'class="pi[^"]*" href="/problems/([a-z0-9-]+)', page))


def test_every_problem_is_in_the_list_and_has_a_page() -> None:
    client = Client()

    assert listed(client, "") == set(registry.pack_ids("problem"))
    for problem in library.problems():
        page = client.get(f"/problems/{problem.id}").content.decode()
        assert f'<h2 class="pv-title">{problem.title}</h2>' in page


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("family=Vision", lambda problem: problem.family == "Vision"),
        ("difficulty=hard", lambda problem: problem.difficulty == "hard"),
        ("step=data", lambda problem: "data" in problem.emphasis),
        (
            "family=Language&step=data",
            lambda problem: problem.family == "Language" and "data" in problem.emphasis,
        ),
        ("family=Astrology", lambda _problem: False),
    ],
)
def test_the_list_is_filtered_by_the_address(query: str, fits: Callable[[Problem], bool]) -> None:
    assert listed(Client(), query) == {one.id for one in library.problems() if fits(one)}


def test_a_filter_outlives_a_click_on_a_problem() -> None:
    page = Client().get("/problems?family=Vision&step=data&odd=1").content.decode()

    assert 'href="/problems/cv-class?family=Vision&amp;step=data"' in page


def test_an_address_of_old_leads_to_the_problem() -> None:
    answer = Client().get("/problems?problem=rank-ads")

    assert answer.headers["Location"] == "/problems/rank-ads"


@pytest.mark.parametrize("path", ["/problems/nothing", "/handbook/flows/nothing"])
def test_what_there_is_not_is_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("tail", ["reference", "answers/level-3", "diagrams/reference/light.svg"])
def test_keys_are_not_there_for_strangers(tail: str) -> None:
    path = f"/problems/rec-video/{tail}"

    assert Client().get(path).status_code == 404
    assert browser_of(make_user()).get(path).status_code == 200


@pytest.mark.parametrize("tail", ["answers/level-9", "diagrams/reference/pink.svg"])
def test_keys_that_there_are_not(tail: str) -> None:
    assert browser_of(make_user()).get(f"/problems/rec-video/{tail}").status_code == 404


def test_an_answer_stands_beside_its_marks() -> None:
    answer = next(one for one in registry.problem("rec-video").answers if one.id == "level-3")

    page = browser_of(make_user()).get("/problems/rec-video/answers/level-3").content.decode()

    marks = sum(len(marks.levels) for marks in answer.marks.values())
    assert page.count('<li><span class="lv lv-') == marks


def test_the_published_rubric_says_what_earns_each_level_and_not_what_gives_it_away() -> None:
    page = Client().get("/handbook/rubrics/ml-9-step").content.decode()

    criteria = registry.rubric("ml-9-step").data["criteria"]
    for criterion in criteria:  # type: ignore[union-attr] # its schema vouches
        assert f'id="{criterion["id"]}"' in page  # type: ignore[index,call-overload]
    assert "Before starting I wanted to know how many people use it" not in page  # a prototype


def test_the_catalogue_page_holds_every_component() -> None:
    page = Client().get("/handbook/components").content.decode()

    for component in registry.catalogue().components:
        assert f'id="{component.id}"' in page


def test_the_flow_page_holds_every_prompt() -> None:
    page = Client().get("/handbook/flows/ml-9-step").content.decode()

    for step in registry.flow().steps:
        for prompt in step.prompts:
            assert f'id="{prompt.id}"' in page


def test_the_coverage_page_leads_only_to_what_there_is() -> None:
    client = Client()
    page = client.get("/handbook/coverage").content.decode()

    targets = set(re.findall(r'class="chip chip--btn" href="([^"#]+)', page))

    assert len(targets) > 20
    assert {link: client.get(link).status_code for link in targets} == dict.fromkeys(targets, 200)
