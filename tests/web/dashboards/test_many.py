"""The dashboards ask the database as often with 10,000 interviews as with one."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from bench.dashboards.pages import pages_of
from bench.dashboards.rows import make_house
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


def test_query_counts_do_not_grow_with_the_interviews() -> None:
    one, some, many = queries_at(1), queries_at(100), queries_at(10_000)

    assert some == many
    # A shelf without a row does not ask who is on it.
    assert [page for page in some if one[page] > some[page]] == []


def queries_at(interviews: int) -> dict[str, int]:
    """By page. Each count has people of its own, who see only their own interviews."""
    house = make_house(interviews, roles=1, detailed=120)
    with connection.cursor() as cursor:
        # Without the figures that a database in use has, PostgreSQL plans for empty tables.
        cursor.execute("ANALYZE")
    browsers = {
        asker: browser_of(User.objects.get(id=getattr(house, asker)))
        for asker in ("owner", "admin")
    }
    found = {}
    for page in pages_of(house):
        browser = browsers[page.asker]
        browser.get(page.address)  # what is read once a process
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(page.address)
        assert answer.status_code == 200, page
        found[page.name] = len(queries)
    return found
