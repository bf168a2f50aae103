"""Score cards over REST: one's own, the panel's, and what a machine thinks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.core.models import Job
from apps.core.permissions import Role
from apps.interviews.domain import lifecycle
from apps.interviews.domain.privacy.notices import give_consent
from apps.interviews.models import Interview
from apps.rooms.domain.reading import current_document
from apps.scoring.domain.runs import score_as_is
from apps.scoring.models import ScoreRun
from apps.scoring.signals import is_withheld
from tests.clock import Clock
from tests.factories import make_design, owner_access
from tests.interviews.cards import (
    ROWS,
    browser_of_rater,
    fill_in,
    interviewer,
    played_interview,
    somebody,
    submitted,
)

pytestmark = pytest.mark.django_db
CANARY = "canary-of-ada-7f3a"


@pytest.fixture
def interview(clock: Clock) -> Interview:
    return played_interview()


@pytest.fixture
def ben(interview: Interview) -> Client:
    return browser_of_rater(interviewer(interview, "Ben"))


def address(interview: Interview, name: str, *args: object) -> str:
    return reverse(f"api:{name}", args=[interview.design_id, *args])


def put(client: Client, where: str, body: Any) -> Any:
    return client.put(where, body, content_type="application/json")


def post(client: Client, where: str, body: Any = None) -> Any:
    return client.post(where, body or {}, content_type="application/json")


def scored(interview: Interview) -> ScoreRun:
    run = score_as_is(interview.design, *current_document(interview.design))
    ScoreRun.objects.filter(pk=run.pk).update(
        status="done", result={"overall": {"score": 61.5}, "steps": {}}
    )
    return run


def test_whole_card_from_the_first_look_to_a_revision(interview: Interview, ben: Client) -> None:
    card = ben.get(address(interview, "card")).json()
    assert (card["card"]["status"], card["formula"]) == ("draft", None)
    assert card["may"] == {"edit": True, "submit": True, "revise": False}

    pointer = {"kind": "moment", "pointer": {"seq": 12}, "clock_s": 95}
    for item in ROWS:
        said = {"level": 3, "confidence": "mid", "reason": "Said so.", "evidence": [pointer]}
        answer = put(ben, address(interview, "card_rating", item), said)
        assert answer.status_code == 200, answer.content
    refused = post(ben, address(interview, "card_submission"))
    assert refused.status_code == 400
    assert [fault["path"] for fault in refused.json()["error"]["faults"]] == ["$.verdict"]

    card = put(ben, address(interview, "card_verdict"), {"verdict": "yes", "reason": "Sound."})
    assert card.json()["formula"]["default"]["total"]["band"] == "yes"
    card = post(ben, address(interview, "card_submission")).json()
    assert card["may"] == {"edit": False, "submit": False, "revise": True}

    again = put(ben, address(interview, "card_rating", "data"), {"level": 1})
    assert again.status_code == 409
    change = {"level": 2, "reason": "The join is wrong."}
    card = post(ben, address(interview, "card_revision", "data"), change).json()
    assert card["card"]["ratings"]["data"]["level"] == 2
    assert card["card"]["ratings"]["data"]["evidence"] == [pointer]
    assert card["card"]["revisions"][0]["level_before"] == 3


def test_level_and_state_can_be_taken_back(interview: Interview, ben: Client) -> None:
    where = address(interview, "card_rating", "data")
    put(ben, where, {"level": 3, "reason": "Said."})

    card = put(ben, where, {"level": None, "state": None, "reason": ""}).json()

    row = card["card"]["ratings"]["data"]
    assert (row["level"], row["state"], row["reason"]) == (None, None, "")


def test_practice_has_no_card() -> None:
    design = make_design(kind="practice")
    client = Client()

    assert client.get(reverse("api:card", args=[design.id])).status_code == 404


def test_nothing_of_a_peer_reaches_who_has_not_submitted(interview: Interview, ben: Client) -> None:
    """The canary stands in a reason, a verdict and a pointer of Ada's submitted card."""
    ada = browser_of_rater(interviewer(interview, "Ada"))
    pointer = {"kind": "component", "pointer": {"id": "c", "name": CANARY}}
    fill_in(interview, interviewer(interview, "Ada"))
    said = {"level": 4, "reason": CANARY, "evidence": [pointer]}
    put(ada, address(interview, "card_rating", "data"), said)
    put(ada, address(interview, "card_verdict"), {"verdict": "yes", "reason": CANARY})
    assert post(ada, address(interview, "card_submission")).status_code == 200
    run = scored(interview)

    names = ["card", "panel", "latest_score", "replay", "interview", "people"]
    bodies = [ben.get(address(interview, name)).content for name in names]
    bodies.append(ben.get(address(interview, "score", run.id)).content)
    bodies.append(ben.get(reverse("workspace", args=[interview.design_id])).content)
    bodies.append(put(ben, address(interview, "card_rating", "data"), {"level": 2}).content)

    for body in bodies:
        assert CANARY.encode() not in body
        assert b"61.5" not in body


def test_peers_come_once_ones_own_is_in(interview: Interview, ben: Client) -> None:
    submitted(interview, interviewer(interview, "Ada"), 1)
    assert ben.get(address(interview, "panel")).json()["cards"] == []

    submitted(interview, interviewer(interview, "Ben"), 4)

    panel = ben.get(address(interview, "panel")).json()
    assert {card["rater"]["name"] for card in panel["cards"]} == {"Ada", "Ben"}
    assert panel["disagreements"][0]["spread"] == 3


MACHINE: list[tuple[str, str]] = [
    ("get", "score"),
    ("post", "scores"),
    ("post", "coverage"),
    ("post", "cancel_score"),
    ("get", "judgement"),
    ("post", "judgement"),
]


@pytest.mark.parametrize(("method", "name"), MACHINE)
def test_machine_is_silent_until_ones_own_card_is_in(
    interview: Interview, ben: Client, method: str, name: str
) -> None:
    run = scored(interview)
    args = [run.id] if name in {"score", "cancel_score", "judgement"} else []
    ask: Callable[..., Any] = getattr(ben, method)

    refused = ask(address(interview, name, *args))

    assert refused.status_code == 409
    assert refused.json()["error"]["message"] == "Submit your own card first."


def test_latest_score_of_an_interview_says_why_there_is_none(
    interview: Interview, ben: Client
) -> None:
    scored(interview)

    before = ben.get(address(interview, "latest_score")).json()
    submitted(interview, interviewer(interview, "Ben"))
    after = ben.get(address(interview, "latest_score")).json()

    assert (before["run"], before["withheld"]) == (None, "Submit your own card first.")
    assert (after["run"]["result"]["overall"]["score"], after["withheld"]) == (61.5, "")
    assert after["validation"]["validated"] is False
    assert list(interview.reveals.values_list("what", flat=True)) == ["machine"]


@pytest.mark.parametrize("name", ["why", "trace_file"])
def test_pages_about_the_machine_wait_as_well(interview: Interview, ben: Client, name: str) -> None:
    run = scored(interview)

    assert ben.get(reverse(name, args=[interview.design_id, run.id])).status_code == 409


def test_figures_of_interviews_do_not_go_to_all_sockets(interview: Interview) -> None:
    assert is_withheld(interview.design_id)
    assert not is_withheld(make_design(kind="practice").id)


@pytest.mark.parametrize(("asked_for", "jobs"), [(False, 0), (True, 1)])
def test_interview_is_scored_at_its_end_only_if_asked_for(
    clock: Clock,
    asked_for: bool,
    jobs: int,
) -> None:
    interview = played_interview(has_ended=False)
    Interview.objects.filter(pk=interview.pk).update(scores_by_itself=asked_for)
    interview.refresh_from_db()
    give_consent(interview, interview.design.participants.get(role=Role.CANDIDATE.value))

    lifecycle.end(interview, owner_access(interview.design))

    assert Job.objects.filter(kind="score.final", subject=interview.design_id).count() == jobs


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER])
def test_candidate_and_observer_find_nothing(interview: Interview, role: Role) -> None:
    client = browser_of_rater(somebody(interview, role))

    for name in ("card", "panel"):
        assert client.get(address(interview, name)).status_code == 404


def test_saving_one_item_asks_as_often_with_few_as_with_many(
    interview: Interview, ben: Client
) -> None:
    where = address(interview, "card_rating", "data")
    put(ben, where, {"level": 3, "reason": "Said."})
    few = _queries(lambda: put(ben, where, {"level": 2, "reason": "Said."}))
    fill_in(interview, interviewer(interview, "Ada"))
    for item in ROWS:
        put(ben, address(interview, "card_rating", item), {"level": 3, "reason": "Said."})

    many = _queries(lambda: put(ben, where, {"level": 4, "reason": "Said."}))

    assert many == few


def _queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)
