"""No answer of any address holds what the bank keeps for interviewers, unless they may read it.

A problem and a drill whose every interviewer-only text carries a canary are asked for at every
address there is, by everybody who could be a candidate.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from apps.accounts.models import Guest, User
from apps.content import registry
from apps.content.audience import interviewer_only
from apps.content.build import drill_of
from apps.content.domain.authoring import publish, start_draft
from apps.content.loader import pack_from
from apps.core.permissions import Role
from apps.designs.domain import lifecycle
from apps.designs.models import DesignSession
from tests.content.packs import A_DRILL
from tests.factories import browser_of, make_design, make_guest, make_participant, make_user

pytestmark = pytest.mark.django_db

CANARY = "canary-4b7e"
DRILL: str = A_DRILL["id"]
PROBLEM = "rec-video"
# What an address is filled with; a parameter that is not here fails the test.
PARAMETERS = {
    "problem_id": PROBLEM,
    "answer_id": "level-3",
    "theme": "light",
    "flow_id": "ml-9-step",
    "rubric_id": "ml-9-step",
    "drill_id": DRILL,
    "token": "nothing",
    "key": "nothing",
    "uidb36": "1",
    "provider": "nothing",
    "provider_id": "nothing",
    "pk": "1",
    "item": "problem-framing",
    "slug": "nothing",
}
# Ids that lead nowhere.
UNKNOWN: tuple[str, ...] = ("link_id", "participant_id", "edition_id", "job_id", "run_id")
UNKNOWN += ("version_id", "team_id", "invitation_id", "membership_id", "pool_id", "report_id")
UNKNOWN += ("webhook_id",)


def with_canaries(kind: str, document: dict[str, Any]) -> dict[str, Any]:
    """The pack with the canary at the end of every text that is for interviewers only."""
    return {
        key: _marked(value) if key in interviewer_only(kind) else value
        for key, value in document.items()
    }


def _marked(value: Any, key: str = "") -> Any:
    """Ids and words of a closed list have to stay as they are."""
    if isinstance(value, dict):
        return {name: _marked(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_marked(item, key) for item in value]
    if not isinstance(value, str) or " " not in value:
        return value
    is_long = len(value) > 60  # shorter ones may have to be short
    return re.sub(r"(\W?)$", rf" {CANARY}\1", value, count=1) if is_long else _short(value)


def _short(value: str) -> str:
    return CANARY + ("?" if value.endswith("?") else "")


@pytest.fixture(autouse=True)
def canaries(monkeypatch: pytest.MonkeyPatch) -> None:
    document = with_canaries("problem", registry.pack("problem", PROBLEM).document)
    version = ".".join(str(int(part) + 1) for part in document["version"].split("."))
    author = make_user()
    source = yaml.safe_dump({**document, "version": version}, allow_unicode=True)
    publish(author, start_draft(author, PROBLEM, source).id)
    drill = drill_of(pack_from("drill", with_canaries("drill", A_DRILL)))
    real = registry.drill
    monkeypatch.setattr(registry, "drill", lambda id_: drill if id_ == DRILL else real(id_))


@pytest.fixture
def design() -> DesignSession:
    return make_design(problem=PROBLEM)


def addresses(design: DesignSession) -> list[str]:
    return [_filled(route, design) for route in _routes(get_resolver())]


def _routes(resolver: URLResolver, above: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        here = above + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield here
        else:
            yield from _routes(entry, here)


def _filled(route: str, design: DesignSession) -> str:
    def value(found: re.Match[str]) -> str:
        name = found.group("name")
        if name == "design_id":
            return str(design.id)
        if name in UNKNOWN:
            return str(uuid4())
        if name == "design":
            return "reference"
        return PARAMETERS[name]

    plain = re.sub(r"\(\?P<(?P<name>\w+)>[^)]*\)", value, route)
    return "/" + re.sub(r"<(?:\w+:)?(?P<name>\w+)>", value, plain).strip("^$").replace("\\Z", "")


def leaks(client: Client, design: DesignSession) -> list[str]:
    """The addresses whose answer to a GET holds the canary."""
    return [
        address
        for address in addresses(design)
        if CANARY.encode() in b"".join(_body(client.get(address, follow=True)))
    ]


def _body(answer: Any) -> Iterator[bytes]:
    yield from (answer.streaming_content if answer.streaming else [answer.content])
    yield from (f"{name}: {value}".encode() for name, value in answer.headers.items())


def test_a_stranger_is_told_nothing(design: DesignSession) -> None:
    assert leaks(Client(), design) == []


def test_a_guest_who_is_the_candidate_is_told_nothing(design: DesignSession) -> None:
    guest: Guest = make_guest()
    make_participant(design, Role.CANDIDATE, guest)

    assert leaks(browser_of(guest), design) == []


def test_a_candidate_with_an_account_is_told_nothing(design: DesignSession) -> None:
    user: User = make_user()
    make_participant(design, Role.CANDIDATE, user)

    assert leaks(browser_of(user), design) == []


def test_a_candidate_who_makes_an_account_is_told_nothing(design: DesignSession) -> None:
    guest, user = make_guest(), make_user()
    make_participant(design, Role.CANDIDATE, guest)
    guest.claimed_by = user
    guest.save()

    assert leaks(browser_of(user), design) == []


def test_an_interviewer_is_told_so_the_canaries_sing(design: DesignSession) -> None:
    found = leaks(browser_of(make_user()), design)

    assert f"/problems/{PROBLEM}" in found
    assert f"/problems/{PROBLEM}/reference" in found
    assert f"/problems/{PROBLEM}/answers/level-3" in found
    assert f"/problems/{PROBLEM}/diagrams/reference/light.svg" in found
    assert f"/handbook/drills/{DRILL}" in found


def test_after_the_interview_a_candidate_may_read_like_everybody(design: DesignSession) -> None:
    user = make_user()
    make_participant(design, Role.CANDIDATE, user)
    lifecycle.end(design)

    assert f"/problems/{PROBLEM}" in leaks(browser_of(user), design)
