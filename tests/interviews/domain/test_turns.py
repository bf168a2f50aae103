"""Several people do something to one interview at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from apps.core.errors import Conflict
from apps.designs.rules import Access
from apps.interviews.domain import lifecycle, states
from apps.interviews.domain.finding import interview_of
from apps.interviews.domain.reading import read
from apps.interviews.models import Interview
from apps.interviews.play import Stage
from tests.factories import make_interview, owner_access

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]
PEOPLE = 6


def at_once(act: Callable[[int], object]) -> list[Exception | None]:
    """What each of them got for it."""

    def one(number: int) -> Exception | None:
        try:
            act(number)
        except Conflict as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(one, range(PEOPLE)))


@pytest.fixture
def interview() -> Interview:
    return make_interview()


@pytest.fixture
def owner(interview: Interview) -> Access:
    return owner_access(interview.design)


def test_clock_is_started_once(interview: Interview, owner: Access) -> None:
    got = at_once(lambda _: lifecycle.start(interview_of(interview.design_id), owner))

    assert got.count(None) == 1
    assert list(interview.events.values_list("kind", flat=True)) == ["started"]


def test_all_time_that_is_given_is_kept(interview: Interview, owner: Access) -> None:
    lifecycle.start(interview, owner)

    got = at_once(lambda _: lifecycle.extend(interview_of(interview.design_id), owner, 60))

    assert got == [None] * PEOPLE
    assert read(interview_of(interview.design_id)).extended_s == 60 * PEOPLE
    assert list(interview.events.values_list("seq", flat=True)) == list(range(1, PEOPLE + 2))


def test_of_many_deep_dives_two_stand(interview: Interview, owner: Access) -> None:
    lifecycle.start(interview, owner)
    steps = [step.id for step in read(interview).steps]

    at_once(lambda n: states.enter_step(interview_of(interview.design_id), owner, steps[n]))
    at_once(lambda n: states.deep_dive(interview_of(interview.design_id), owner, steps[n]))

    assert len(read(interview_of(interview.design_id)).dives) == 2


def test_who_ends_and_who_pauses_leave_it_ended(interview: Interview, owner: Access) -> None:
    lifecycle.start(interview, owner)
    acts = [lifecycle.pause, lifecycle.end] * (PEOPLE // 2)

    at_once(lambda n: acts[n](interview_of(interview.design_id), owner))

    now = read(interview_of(interview.design_id))
    assert now.stage == Stage.ENDED
    assert interview_of(interview.design_id).ended_at == now.ended_at
