"""The dashboards ask the database as often with 10,000 interviews as with one."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.dashboards.rows import make_many
from tests.factories import browser_of, make_user

pytestmark = pytest.mark.django_db

PAGES = [
    "/interviews?shelf=done",
    "/roles",
    "/roles/engineer-team-0",
    "/problems/rec-video/interviews",
    "/calibration",
    "/training",
]


def test_query_counts_do_not_grow_with_the_interviews() -> None:
    counts = [queries_at(1), queries_at(100), queries_at(10_000)]

    assert counts[0] == counts[1] == counts[2]


def queries_at(interviews: int) -> dict[str, int]:
    """By page. Each count has people of its own, who see only their own interviews."""
    raters = [make_user(name) for name in ("Anneke de Vries", "Kofi Mensah")]
    make_many(raters, interviews, roles=1, detailed=120)
    client = browser_of(raters[0])
    client.get("/interviews")  # what is read once a process
    found = {}
    for page in PAGES:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        assert answer.status_code == 200, page
        found[page] = len(queries)
    return found
