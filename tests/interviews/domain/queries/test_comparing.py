"""Candidates beside each other: whose, in which order, and what of them counts."""

from datetime import timedelta

import pytest

from apps.accounts.models import User
from apps.designs.models import DesignSession
from apps.interviews.domain.queries.comparing import (
    Comparison,
    Filters,
    compare,
    level_counts,
    of_role,
    totals,
)
from apps.interviews.models import Decision, Interview, PanelResult, PanelStep
from bench.dashboards.rows import LAST_END, make_many
from tests.factories import actor_for, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    """Of five decided interviews for one role, that two rated; "E" is the newest."""
    owner = make_user("Anneke")
    make_many([owner, make_user("Kofi")], 5)
    for number, interview in enumerate(Interview.objects.order_by("ended_at")):
        interview.candidate_name, interview.position = "ABCDE"[number], "Staff, ML"
        interview.is_blind = False
        interview.ended_at = LAST_END + number * timedelta(days=1)
        interview.save()
    return owner


def compared(owner: User, **filters: object) -> Comparison:
    return compare(of_role(actor_for(owner), "staff-ml"), Filters(**filters))  # type: ignore[arg-type]


def names(comparison: Comparison) -> str:
    return "".join(one.candidate for one in comparison.sessions)


def withhold(owner: User, name: str) -> None:
    """As if the owner's card on this candidate was not in."""
    interview = Interview.objects.get(candidate_name=name)
    interview.cards.filter(rater__user=owner).update(status="draft")
    interview.reveals.filter(participant__user=owner).delete()
    Decision.objects.filter(interview=interview).delete()


def set_totals(**by_name: float | None) -> None:
    for name, total in by_name.items():
        PanelResult.objects.filter(interview__candidate_name=name).update(total=total)


def test_the_best_stand_first_and_those_without_a_total_by_their_end(owner: User) -> None:
    set_totals(A=3.1, B=None, C=3.9, D=None, E=2.0)

    assert names(compared(owner)) == "CAEDB"


def test_a_total_that_is_withheld_moves_nobody(owner: User) -> None:
    set_totals(A=1.0, B=2.0, C=3.0, D=3.5, E=4.0)
    for name in "DE":
        withhold(owner, name)

    # By the withheld totals E would stand first; by their end, D stands after E.
    assert names(compared(owner)) == "CBAED"


def test_filters_never_tell_what_is_withheld(owner: User) -> None:
    """Else, to be gone from the list would say that the others gave little."""
    PanelResult.objects.update(coverage=0.9)
    PanelResult.objects.filter(interview__candidate_name="A").update(coverage=0.1)
    PanelResult.objects.filter(interview__candidate_name="B").update(raters=1)
    Decision.objects.update(verdict="yes")
    Decision.objects.filter(interview__candidate_name="C").update(verdict="no")
    withhold(owner, "E")

    assert set(names(compared(owner))) == set("ABCDE")
    assert set(names(compared(owner, is_covered=True))) == set("BCD")
    assert set(names(compared(owner, is_panel=True))) == set("ACD")
    assert set(names(compared(owner, verdict="no"))) == {"C"}
    assert set(names(compared(owner, verdict="made up"))) == set("ABCDE")


def test_the_head_counts_all_whatever_the_filters(owner: User) -> None:
    withhold(owner, "A")
    Decision.objects.filter(interview__candidate_name="B").delete()

    assert compared(owner, is_covered=True, problem="none").stages == {
        "decided": 3,
        "debrief": 1,
        "to_score": 1,
    }


def test_one_version_of_one_rubric_is_compared(owner: User) -> None:
    old = Interview.objects.filter(candidate_name__in="AB").values("pk")
    DesignSession.objects.filter(pk__in=old).update(rubric_version="0.9")

    newer, older = compared(owner), compared(owner, rubric="ml-9-step@0.9")

    assert (set(names(newer)), newer.left_out) == (set("CDE"), 2)
    assert (set(names(older)), older.left_out) == (set("AB"), 3)
    assert newer.rubrics == older.rubrics
    assert compared(owner, rubric="made up").rubric == newer.rubric


def test_a_role_is_all_ways_of_writing_it(owner: User) -> None:
    Interview.objects.filter(candidate_name="E").update(position="staff ML")
    Interview.objects.filter(candidate_name="A").update(position="Staff")

    found = compared(owner)

    assert set(names(found)) == set("BCDE")
    assert found.position == "staff ML"
    assert not compared(make_user("Eve")).rubrics


def test_levels_and_totals_are_of_panels_that_may_be_seen(owner: User) -> None:
    for name, mean in zip("ABCDE", (1.0, 2.4, 2.5, 2.6, 4.0), strict=True):
        PanelStep.objects.filter(interview__candidate_name=name, item="data").update(mean=mean)
    set_totals(A=1.0, B=2.0, C=2.1, D=None, E=4.0)
    withhold(owner, "E")
    Interview.objects.filter(candidate_name="B").update(is_blind=True)

    sessions = compared(owner).sessions

    assert level_counts(sessions, ["data"]) == {"data": [1, 1, 2, 0]}
    assert totals(sessions) == [("C", 2.1), ("", 2.0), ("A", 1.0)]
