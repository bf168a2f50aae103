"""The webhooks of a team: its administrators' page, and nobody else's."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from apps.core import clock
from apps.notifications.domain import webhooks
from apps.notifications.models import Delivery, Webhook
from apps.teams.models import Organisation
from apps.teams.rules import MemberRole
from tests.factories import browser_of, make_user
from tests.teams.factories import admin_of, make_member, make_organisation

pytestmark = pytest.mark.django_db
URL = "https://hooks.example.com/in"
# Who may not: each makes a browser.
OUTSIDERS: dict[str, Callable[[Organisation], Client]] = {
    "stranger": lambda _: Client(),
    "somebody else": lambda _: browser_of(make_user("Else")),
    "observer": lambda team: browser_of(make_member(team, MemberRole.OBSERVER).user),
    "interviewer": lambda team: browser_of(make_member(team).user),
    "administrator of another team": lambda _: browser_of(
        admin_of(make_organisation(make_user("Other"), "Other Labs")).user
    ),
}
ACTIONS = ["rotate_webhook", "enable_webhook", "remove_webhook", "test_webhook"]


@pytest.fixture(autouse=True)
def _on(settings: Settings) -> None:
    settings.WEBHOOKS = True


@pytest.fixture
def team() -> Organisation:
    return make_organisation()


@pytest.fixture
def admin(team: Organisation) -> Client:
    return browser_of(admin_of(team).user)


@pytest.fixture
def webhook(team: Organisation) -> Webhook:
    return webhooks.add(admin_of(team), URL)[0]


def page_of(team: Organisation) -> str:
    return reverse("team_webhooks", args=[team.id])


def secret_in(answer: Any) -> str:
    [secret] = set(re.findall(r'value="(whsec_[^"]+)"', answer.content.decode()))
    return str(secret)


def add_calls(webhook: Webhook, count: int) -> None:
    now = clock.now()
    for number in range(count):
        Delivery.objects.create(
            webhook=webhook,
            kind=f"event.{number}",
            body="{}",
            created_at=now,
            next_at=now,
            status="failed",
            attempts=7,
            answered=503,
            reason="It answered with status 503.",
        )


def test_secret_is_shown_once(admin: Client, team: Organisation) -> None:
    answer = admin.post(page_of(team), {"url": URL})

    assert secret_in(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "whsec_" not in admin.get(page_of(team)).content.decode()


def test_new_secret_is_another_one(admin: Client, team: Organisation, webhook: Webhook) -> None:
    address = reverse("rotate_webhook", args=[team.id, webhook.id])

    first, second = (secret_in(admin.post(address)) for _ in range(2))

    assert first != second


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "http://hooks.example.com/", "", "x" * 501])
def test_refused_address_says_why_and_is_kept_in_its_field(
    admin: Client, team: Organisation, url: str
) -> None:
    answer = admin.post(page_of(team), {"url": url})

    assert answer.status_code == 400
    assert answer.context["fault"]
    assert f'value="{url}"' in answer.content.decode()
    assert not Webhook.objects.exists()


def test_calls_are_shown_with_their_state(
    admin: Client, team: Organisation, webhook: Webhook
) -> None:
    add_calls(webhook, 12)

    answer = admin.get(page_of(team))

    [(_, calls)] = answer.context["rows"]
    assert len(calls) == 10
    assert "It answered with status 503." in answer.content.decode()


def test_test_is_sent_and_seen(admin: Client, team: Organisation, webhook: Webhook) -> None:
    admin.post(reverse("test_webhook", args=[team.id, webhook.id]))

    assert "webhook.test" in admin.get(page_of(team)).content.decode()


def test_webhook_is_turned_off_and_on(admin: Client, team: Organisation, webhook: Webhook) -> None:
    address = reverse("enable_webhook", args=[team.id, webhook.id])

    for enabled in ("no", "yes"):
        admin.post(address, {"enabled": enabled})
        webhook.refresh_from_db()
        assert webhook.is_enabled == (enabled == "yes")


def test_removed_webhook_is_gone(admin: Client, team: Organisation, webhook: Webhook) -> None:
    admin.post(reverse("remove_webhook", args=[team.id, webhook.id]))

    assert not Webhook.objects.exists()


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_page_is_not_there_for_others(team: Organisation, webhook: Webhook, outsider: str) -> None:
    client = OUTSIDERS[outsider](team)

    assert client.get(page_of(team)).status_code == 404
    assert client.post(page_of(team), {"url": "https://other.example.com"}).status_code == 404
    for action in ACTIONS:
        assert client.post(reverse(action, args=[team.id, webhook.id])).status_code == 404
    assert list(Webhook.objects.values_list("url", "generation")) == [(URL, 1)]


def test_administrator_of_another_team_cannot_name_this_webhook(webhook: Webhook) -> None:
    other = make_organisation(make_user("Other"), "Other Labs")
    client = browser_of(admin_of(other).user)

    for action in ACTIONS:
        assert client.post(reverse(action, args=[other.id, webhook.id])).status_code == 404


def test_page_is_not_there_where_webhooks_are_off(
    admin: Client, team: Organisation, webhook: Webhook, settings: Settings
) -> None:
    settings.WEBHOOKS = False

    assert admin.get(page_of(team)).status_code == 404
    assert admin.post(reverse("test_webhook", args=[team.id, webhook.id])).status_code == 404
    assert page_of(team) not in admin.get(reverse("team", args=[team.id])).content.decode()


def test_page_asks_as_much_of_one_webhook_as_of_many(
    admin: Client,
    team: Organisation,
    webhook: Webhook,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    add_calls(webhook, 1)
    with CaptureQueriesContext(connection) as one:
        admin.get(page_of(team))
    for number in range(5):
        more, _ = webhooks.add(admin_of(team), f"{URL}/{number}")
        add_calls(more, 3)

    with django_assert_num_queries(len(one)):
        admin.get(page_of(team))
