"""Webhooks of a team: who keeps them, what they are told, and what becomes of each call."""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pytest_django import Settings

from apps.core.errors import Conflict, Invalid, NotFound
from apps.core.models import Job
from apps.interviews.models import Decision, Interview, ScoreCard
from apps.interviews.signals import candidate_erased, card_submitted, decided
from apps.notifications.calling.posting import NotDelivered
from apps.notifications.calling.signing import signature
from apps.notifications.calling.targets import Refused, Target
from apps.notifications.domain import deliveries, webhooks
from apps.notifications.domain.attempts import WAITS
from apps.notifications.domain.ticking import tick
from apps.notifications.models import Delivery, Webhook
from apps.teams.models import Membership, Organisation
from apps.teams.rules import MemberRole
from tests.clock import Clock
from tests.factories import make_interview, make_user
from tests.notifications.jobs import run_jobs
from tests.teams.factories import admin_of, make_member, make_organisation

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.com/in"
TARGET = Target("https", "hooks.example.com", 443, "93.184.216.34", "/in")
Calls = list[tuple[Target, bytes, Mapping[str, str]]]


@pytest.fixture(autouse=True)
def _on(settings: Settings, clock: Clock) -> None:
    settings.WEBHOOKS = True


@pytest.fixture
def team() -> Organisation:
    return make_organisation()


@pytest.fixture
def admin(team: Organisation) -> Membership:
    return admin_of(team)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A receiver that takes everything."""
    made: Calls = []

    def take(target: Target, body: bytes, headers: Mapping[str, str]) -> int:
        made.append((target, body, headers))
        return 204

    answer_with(monkeypatch, take)
    return made


def answer_with(monkeypatch: pytest.MonkeyPatch, take: Callable[..., int]) -> None:
    monkeypatch.setattr(deliveries, "find_target", lambda _url, **_: TARGET)
    monkeypatch.setattr(deliveries, "post", take)


def interview_of(admin: Membership) -> Interview:
    return make_interview(
        admin.user,
        title="Feed ranking",
        candidate_name="Priya Raman",
        candidate_email="priya@example.net",
        organisation_id=admin.organisation_id,
    )


def test_event_is_told_with_ids_and_titles_alone(admin: Membership, calls: Calls) -> None:
    webhooks.add(admin, URL)

    interview = interview_of(admin)
    run_jobs()

    [(target, body, _)] = calls
    assert target == TARGET
    assert json.loads(body) == {
        "type": "interview.created",
        "timestamp": "2026-11-23T10:00:00+00:00",
        "data": {
            "interview": str(interview.design_id),
            "title": "Feed ranking",
            "problem": "rec-video",
            "problem_title": interview.design.problem_title,
            "organisation": str(admin.organisation_id),
        },
    }


def test_card_and_decision_are_told_without_what_they_say(admin: Membership, calls: Calls) -> None:
    interview = interview_of(admin)
    webhooks.add(admin, URL)
    card = ScoreCard(interview=interview, rubric_sha256="0" * 64, verdict="strong_no")
    decision = Decision(interview=interview, verdict="strong_no", reason="Too little depth")

    card_submitted.send(Interview, interview=interview, by_name="Anneke", card=card)
    decided.send(Interview, interview=interview, by_name="Anneke", decision=decision)
    run_jobs()

    told = b"".join(body for _, body, _ in calls).decode()
    assert {json.loads(body)["type"] for _, body, _ in calls} == {
        "card.submitted",
        "interview.decided",
    }
    for secret in ("strong_no", "depth", "Anneke", "Priya", "example.net"):
        assert secret not in told


def test_receiver_can_check_the_signature(admin: Membership, calls: Calls) -> None:
    _, secret = webhooks.add(admin, URL)
    interview_of(admin)
    run_jobs()

    [(_, body, headers)] = calls
    key = base64.b64decode(secret.removeprefix("whsec_"))
    at = int(headers["webhook-timestamp"])

    assert len(key) == 32
    assert headers["webhook-signature"] == signature(key, headers["webhook-id"], at, body)


def test_new_secret_replaces_the_old_one(admin: Membership) -> None:
    webhook, secret = webhooks.add(admin, URL)

    assert webhooks.rotate(admin, webhook.id) != secret


def test_secret_is_in_no_row(admin: Membership) -> None:
    webhook, secret = webhooks.add(admin, URL)

    assert secret.removeprefix("whsec_") not in str(Webhook.objects.filter(id=webhook.id).values())


def test_failed_call_is_tried_later_and_later_with_the_same_id(
    admin: Membership, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids: list[str] = []

    def refuse(_target: Target, _body: bytes, headers: Mapping[str, str]) -> int:
        ids.append(headers["webhook-id"])
        raise NotDelivered("It answered with status 503.", 503)

    answer_with(monkeypatch, refuse)
    webhook, _ = webhooks.add(admin, URL)
    delivery = webhooks_test(admin, webhook)
    run_jobs()
    for wait in WAITS:
        tick()
        run_jobs()  # too early: nothing happens
        clock.forward(seconds=wait.total_seconds())
        tick()
        run_jobs()

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts, delivery.answered) == ("failed", 7, 503)
    assert ids == [str(delivery.id)] * 7


def webhooks_test(admin: Membership, webhook: Webhook) -> Delivery:
    return deliveries.send_test(admin, webhook.id)


def test_job_that_comes_twice_calls_once(admin: Membership, calls: Calls) -> None:
    webhook, _ = webhooks.add(admin, URL)
    webhooks_test(admin, webhook)
    run_jobs()

    Job.objects.filter(kind="notifications.delivery").update(status="queued", attempts=0)
    run_jobs()

    assert len(calls) == 1


def test_name_that_leads_inside_by_now_is_not_called(
    admin: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def inside(_url: str, **_: Any) -> Target:
        raise Refused("hooks.example.com leads into a private network or to this machine.")

    monkeypatch.setattr(deliveries, "find_target", inside)
    webhook, _ = webhooks.add(admin, URL)
    delivery = webhooks_test(admin, webhook)
    run_jobs()

    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == ("waiting", 1)
    assert "private network" in delivery.reason


def test_disabled_webhook_is_not_called(admin: Membership, calls: Calls) -> None:
    webhook, _ = webhooks.add(admin, URL)
    waiting = webhooks_test(admin, webhook)

    webhooks.enable(admin, webhook.id, enabled=False)
    interview_of(admin)
    run_jobs()

    waiting.refresh_from_db()
    assert (calls, waiting.status, Delivery.objects.count()) == ([], "dropped", 1)


def test_nothing_is_called_where_webhooks_are_off(
    admin: Membership, calls: Calls, settings: Settings
) -> None:
    webhooks.add(admin, URL)
    settings.WEBHOOKS = False

    interview_of(admin)
    run_jobs()

    assert (calls, Delivery.objects.count()) == ([], 0)


def test_interview_of_another_team_is_not_told(admin: Membership, calls: Calls) -> None:
    webhooks.add(admin, URL)
    other = admin_of(make_organisation(make_user("Other"), "Other Labs"))

    interview_of(other)
    run_jobs()

    assert calls == []


@pytest.mark.parametrize("role", [MemberRole.INTERVIEWER, MemberRole.OBSERVER])
def test_only_administrators_keep_webhooks(admin: Membership, role: MemberRole) -> None:
    webhook, _ = webhooks.add(admin, URL)
    member = make_member(admin.organisation, role)

    with pytest.raises(NotFound):
        webhooks.add(member, "https://other.example.com/")
    with pytest.raises(NotFound):
        webhooks.rotate(member, webhook.id)
    with pytest.raises(NotFound):
        webhooks_test(member, webhook)


def test_webhook_of_another_team_is_not_there(admin: Membership) -> None:
    webhook, _ = webhooks.add(admin, URL)
    other = admin_of(make_organisation(make_user("Other"), "Other Labs"))

    with pytest.raises(NotFound):
        webhooks.remove(other, webhook.id)


def test_address_is_checked_and_taken_once(admin: Membership) -> None:
    webhooks.add(admin, URL)

    with pytest.raises(Conflict, match="already"):
        webhooks.add(admin, URL)
    with pytest.raises(Invalid, match="private network"):
        webhooks.add(admin, "https://127.0.0.1/")
    with pytest.raises(Invalid, match="https"):
        webhooks.add(admin, "http://hooks.example.com/")


def test_erasure_leaves_no_title(admin: Membership, calls: Calls) -> None:
    webhooks.add(admin, URL)
    interview = interview_of(admin)

    candidate_erased.send(Interview, interview=interview, by_name="Anneke")

    assert not Delivery.objects.filter(interview_id=interview.design_id).exists()
