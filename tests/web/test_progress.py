"""The page of one's own progress: whose it is, what is compared with what, and how it is told."""

from datetime import timedelta

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Guest, User
from apps.core.permissions import Role
from apps.designs.models import DesignSession
from apps.scoring.models import ScoreRun
from apps.web.progress_page import ProgressPage
from tests.factories import browser_of, make_design, make_guest, make_participant, make_user
from tests.web.score_runs import finish_at, make_result, make_run
from tests.web.test_why import text_of

pytestmark = pytest.mark.django_db

PRACTICE = DesignSession.Kind.PRACTICE


def practise(
    somebody: User | Guest, total: float | None = 50.0, days_ago: int = 0, **steps: float
) -> ScoreRun:
    """A practice session of somebody's, scored so many days ago."""
    run = make_run(make_design(somebody, PRACTICE), make_result(total, **steps))
    finish_at(run, timezone.now() - timedelta(days=days_ago))
    return run


def open_progress(somebody: User | Guest, design: DesignSession) -> HttpResponseBase:
    return browser_of(somebody).get(reverse("progress", args=[design.id]))


def shown_to(somebody: User | Guest, design: DesignSession) -> ProgressPage:
    page: ProgressPage = open_progress(somebody, design).context["progress"]  # type: ignore[attr-defined]
    return page


@pytest.mark.parametrize("make_somebody", [make_user, make_guest], ids=["account", "cookie"])
def test_own_practice_is_shown_to_its_owner(make_somebody: type[User | Guest]) -> None:
    somebody = make_somebody()
    run = practise(somebody, 61)

    assert "61" in text_of(open_progress(somebody, run.design))


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.CANDIDATE, Role.OBSERVER])
def test_nobody_else_on_the_session_gets_it(role: Role) -> None:
    run, guest = practise(make_user()), make_guest()
    make_participant(run.design, role, guest)

    assert open_progress(guest, run.design).status_code == 404


def test_a_stranger_gets_nothing() -> None:
    run = practise(make_user())

    assert Client().get(reverse("progress", args=[run.design_id])).status_code == 404


def test_an_interview_has_no_such_page() -> None:
    user = make_user()

    assert open_progress(user, make_design(user)).status_code == 404


def test_sessions_of_others_and_on_other_problems_are_left_out() -> None:
    user = make_user()
    run = practise(user)
    practise(make_user())
    make_run(make_design(user, PRACTICE, problem="rank-feed"))
    make_run(make_design(user, DesignSession.Kind.INTERVIEW))

    shown = shown_to(user, run.design)

    assert [session.run_id for session in shown.sessions] == [run.id]


def test_a_session_counts_once_with_its_last_score() -> None:
    user = make_user()
    first = practise(user, 40, days_ago=2)
    again = make_run(first.design, make_result(55), seq=8)

    shown = shown_to(user, first.design)

    assert [(one.run_id, one.total) for one in shown.sessions] == [(again.id, 55)]


def test_only_scores_by_the_same_version_of_the_rubric_are_compared() -> None:
    user = make_user()
    old, new = practise(user, days_ago=3), practise(user)
    ScoreRun.objects.filter(id=old.id).update(rubric_version="1.0.0")

    shown = shown_to(user, new.design)

    assert [one.run_id for one in shown.sessions] == [new.id]
    assert shown.others == 1
    assert "1 more was scored by another version" in text_of(open_progress(user, new.design))


def test_it_tells_how_the_total_and_the_steps_have_moved() -> None:
    user = make_user()
    practise(user, 40, days_ago=3, metrics=30, data=50)
    last = practise(user, 58.4, metrics=62, data=51)

    text = text_of(open_progress(user, last.design))

    assert "2 sessions with feedback so far. The last total is 58, 18 above the first." in text
    assert "“Metrics, offline and online” went up most since the first, by 32." in text


def test_the_chart_leaves_a_session_without_a_total_out() -> None:
    user = make_user()
    practise(user, 0, days_ago=3)
    practise(user, None, days_ago=2)
    last = practise(user, 100)

    chart = shown_to(user, last.design).chart

    assert chart is not None
    assert [(point.number, point.total) for point in chart.points] == [(1, 0), (3, 100)]
    assert [point.y for point in chart.points] == [chart.grid[0].y, chart.grid[-1].y]


def test_one_session_makes_no_chart() -> None:
    user = make_user()

    assert shown_to(user, practise(user).design).chart is None


def test_it_asks_about_the_weakest_steps_of_the_last_session() -> None:
    user = make_user()
    last = practise(user, 50, metrics=80, data=0, model=60, features=40)

    tries = [(item.step, item.score) for item in shown_to(user, last.design).to_try]

    assert tries == [
        ("Data collection and preparation", 0),
        ("Feature engineering", 40),
        ("Model and offline evaluation", 60),
    ]


def test_without_feedback_it_says_what_to_do() -> None:
    user = make_user()

    assert "No feedback yet" in text_of(open_progress(user, make_design(user, PRACTICE)))
