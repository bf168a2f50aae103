"""Nobody sees what could sway them before their own card is in."""

from typing import Any

import pytest

from apps.core.errors import Conflict
from apps.core.permissions import Role
from apps.designs.rules import Access
from apps.interviews.domain import withholding
from apps.interviews.domain.cards.making import own_card
from apps.interviews.domain.cards.reading import panel_json
from apps.interviews.domain.withholding import check_machine, may_see_machine, may_see_peers
from apps.interviews.models import Interview
from tests.clock import Clock
from tests.factories import make_design, owner_access
from tests.interviews.cards import (
    PANEL,
    ROWS,
    fill_in,
    interviewer,
    played_interview,
    somebody,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview(clock: Clock) -> Interview:
    return played_interview()


def administrator(interview: Interview) -> Access:
    return Access(interview.design_id, Role.ADMIN, "Head", 1, ended=True)


def told(interview: Interview, access: Access) -> Any:
    return panel_json(interview, access)


def test_peers_are_withheld_until_ones_own_card_is_in(interview: Interview) -> None:
    ada, ben = interviewer(interview, "Ada"), interviewer(interview, "Ben")
    submitted(interview, ada, dict.fromkeys(ROWS, 4))
    fill_in(interview, ben, 1)

    before = told(interview, ben)

    assert before["withheld"]["peers"] == "Submit your own card first."
    assert (before["cards"], before["rows"], before["result"]) == ([], [], None)
    assert [one["status"] for one in before["raters"]] == [None, "submitted", "draft", None, None]

    submitted(interview, ben, 1)

    after = told(interview, ben)
    assert after["withheld"] == {"peers": "", "machine": ""}
    assert len(after["cards"]) == 2
    assert {row["item"] for row in after["disagreements"]} == {*ROWS, "xc"}


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER])
def test_others_never_see_anything(interview: Interview, role: Role) -> None:
    submitted(interview, interviewer(interview))
    access = somebody(interview, role)

    assert not may_see_peers(interview, access)
    assert not may_see_machine(interview, access)


def test_administrator_waits_for_all_cards(interview: Interview) -> None:
    admin = administrator(interview)
    ada, ben = interviewer(interview, "Ada"), interviewer(interview, "Ben")
    assert not may_see_peers(interview, admin)
    submitted(interview, ada)
    fill_in(interview, ben)
    assert not may_see_peers(interview, admin)

    submitted(interview, ben)

    assert may_see_peers(interview, admin)


def test_empty_card_that_was_only_looked_at_holds_nobody_up(interview: Interview) -> None:
    own_card(interview, interviewer(interview, "Ben"))
    submitted(interview, interviewer(interview, "Ada"))

    assert may_see_peers(interview, administrator(interview))


def test_who_gives_up_their_card_sees_the_others_and_never_rates(interview: Interview) -> None:
    owner, ada = owner_access(interview.design), interviewer(interview)
    with pytest.raises(Conflict):
        withholding.decline_card(interview, owner)
    submitted(interview, ada)
    assert not may_see_peers(interview, owner)

    withholding.decline_card(interview, owner)

    assert may_see_peers(interview, owner)
    with pytest.raises(Conflict):
        own_card(interview, owner)


def test_begun_card_cannot_be_given_up(interview: Interview) -> None:
    owner = owner_access(interview.design)
    submitted(interview, interviewer(interview))
    fill_in(interview, owner)

    with pytest.raises(Conflict):
        withholding.decline_card(interview, owner)


def test_order_of_what_was_shown_is_kept(interview: Interview, clock: Clock) -> None:
    ada = interviewer(interview)
    submitted(interview, ada)

    told(interview, ada)
    clock.forward(minutes=1)
    told(interview, ada)
    check_machine(interview.design, ada)
    clock.forward(minutes=1)
    check_machine(interview.design, ada)

    seen = list(interview.reveals.values_list("what", flat=True))
    moments = set(interview.reveals.values_list("at", flat=True))
    assert (seen, len(moments)) == (["peers", "machine"], 2)


def test_practice_withholds_nothing() -> None:
    design = make_design(kind="practice")

    check_machine(design, owner_access(design))


@pytest.mark.parametrize("count", [1, 4])
def test_queries_of_a_panel_do_not_grow(
    interview: Interview, count: int, django_assert_num_queries: Any
) -> None:
    raters = [interviewer(interview, name) for name in PANEL[:count]]
    for rater in raters:
        submitted(interview, rater)
    told(interview, raters[0])
    fresh = Interview.objects.select_related("design", "accommodation").get(pk=interview.pk)

    with django_assert_num_queries(14):
        told(fresh, raters[0])
