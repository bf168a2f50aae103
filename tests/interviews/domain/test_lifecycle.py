"""An interview from its lobby to its end, and who may do what to it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

import pytest

from apps.core.errors import Conflict, Invalid, NotFound
from apps.core.permissions import Action, Role
from apps.designs.domain.access import access_for
from apps.designs.models import Participant
from apps.designs.rules import Access, can
from apps.interviews.domain import lifecycle, states, twists
from apps.interviews.domain.accommodations import set_for
from apps.interviews.domain.finding import interview_of
from apps.interviews.domain.reading import play_json, read
from apps.interviews.models import Interview
from apps.interviews.play import Stage
from tests.clock import Clock
from tests.factories import actor_for, make_interview, make_participant, owner_access

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview() -> Interview:
    return make_interview(plan={"problem-formulation": 5}, deep_dives=["model"])


@pytest.fixture
def owner(interview: Interview) -> Access:
    return owner_access(interview.design)


def access_of(participant: Participant) -> Access:
    participant.design.refresh_from_db()
    access = access_for(actor_for(participant.user or participant.guest), participant.design)
    assert access is not None
    return access


def told(interview: Interview, access: Access) -> dict[str, Any]:
    return cast(dict[str, Any], play_json(interview, access))


def test_candidate_waits_until_the_start(interview: Interview, owner: Access) -> None:
    candidate = make_participant(interview.design)
    assert not can(access_of(candidate), Action.VIEW)
    assert can(access_of(candidate), Action.VIEW_BRIEF)

    lifecycle.start(interview, owner)

    assert can(access_of(candidate), Action.EDIT)


def test_waiting_candidate_is_told_nothing_but_that(interview: Interview) -> None:
    candidate = make_participant(interview.design)

    body = told(interview, access_of(candidate))

    assert set(body) == {"stage", "now", "is_frozen", "is_waiting"}


def test_interviewer_prepares_unseen(interview: Interview) -> None:
    interviewer = make_participant(interview.design, Role.INTERVIEWER)

    assert can(access_of(interviewer), Action.EDIT)


def test_admitted_candidate_comes_in_before_the_start(interview: Interview, owner: Access) -> None:
    candidate = make_participant(interview.design)

    lifecycle.admit(interview, owner, candidate.id)

    assert can(access_of(candidate), Action.EDIT)
    with pytest.raises(NotFound, match="nobody of that name"):
        lifecycle.admit(interview, owner, candidate.id)


def test_clock_goes_by_the_server(interview: Interview, owner: Access, clock: Clock) -> None:
    lifecycle.start(interview, owner)
    states.enter_step(interview, owner, "data")
    clock.forward(minutes=7)
    lifecycle.pause(interview, owner)
    clock.forward(minutes=60)
    lifecycle.resume(interview, owner)
    clock.forward(seconds=5)

    body = told(interview_of(interview.design_id), owner)

    assert (body["elapsed_s"], body["stage"]) == (425, "running")
    steps = {step["id"]: step for step in body["steps"]}
    assert steps["data"]["spent_s"] == 425
    assert steps["data"]["spent_by"] == {str(owner.participant_id): 425}


def test_frozen_candidate_looks_and_does_not_edit(interview: Interview, owner: Access) -> None:
    candidate = make_participant(interview.design)
    lifecycle.start(interview, owner)

    lifecycle.freeze(interview, owner, frozen=True)
    assert can(access_of(candidate), Action.VIEW)
    assert not can(access_of(candidate), Action.EDIT)
    assert can(owner_access(interview.design), Action.EDIT)

    lifecycle.freeze(interview, owner, frozen=False)
    assert can(access_of(candidate), Action.EDIT)


def test_ended_interview_is_final_until_reopened_with_a_reason(
    interview: Interview, owner: Access
) -> None:
    lifecycle.start(interview, owner)
    lifecycle.end(interview, owner)
    assert not can(owner_access(interview.design), Action.EDIT)
    with pytest.raises(Conflict, match="stay as they are"):
        states.skip(interview, owner, "data")
    with pytest.raises(Invalid, match="Say why"):
        lifecycle.reopen(interview, owner, "  ")

    lifecycle.reopen(interview, owner, "It was the wrong button.")

    assert can(owner_access(interview.design), Action.EDIT)
    assert read(interview).stage == Stage.PAUSED
    assert interview.reopened_reason == "It was the wrong button."


def test_ending_twice_changes_nothing(interview: Interview, owner: Access) -> None:
    lifecycle.start(interview, owner)
    lifecycle.end(interview, owner)
    count = interview.events.count()

    lifecycle.end(interview, owner)

    assert interview.events.count() == count


def test_third_deep_dive_is_refused_and_leaves_nothing(interview: Interview, owner: Access) -> None:
    lifecycle.start(interview, owner)
    for step in ("data", "features"):
        states.enter_step(interview, owner, step)
        states.deep_dive(interview, owner, step)

    with pytest.raises(Conflict, match="At most 2 deep dives"):
        states.enter_step(interview, owner, "model")

    assert read(interview).dives == ["data", "features"]
    assert read(interview).step == "features"


def test_document_tells_what_became_of_the_steps(interview: Interview, owner: Access) -> None:
    lifecycle.start(interview, owner)
    states.enter_step(interview, owner, "data")
    states.skip(interview, owner, "online-testing")

    interview.design.refresh_from_db()

    assert interview.design.step_states["data"] == "in_play"
    assert interview.design.step_states["online-testing"] == "skipped_by_interviewer"


def test_candidate_skips_and_takes_back_only_own_skips(interview: Interview, owner: Access) -> None:
    candidate = make_participant(interview.design)
    lifecycle.start(interview, owner)
    states.skip(interview, access_of(candidate), "data")
    assert interview.design.step_states["data"] == "skipped_by_candidate"
    states.unskip(interview, access_of(candidate), "data")

    states.skip(interview, owner, "model")

    with pytest.raises(Conflict, match="An interviewer has skipped"):
        states.unskip(interview, access_of(candidate), "model")


def test_candidate_reads_a_twist_once_it_is_played(interview: Interview, owner: Access) -> None:
    candidate = make_participant(interview.design)
    lifecycle.start(interview, owner)
    assert told(interview, access_of(candidate))["twists"] == []

    twists.play_twist(interview, owner, 0)

    (played,) = told(interview, access_of(candidate))["twists"]
    assert "expects" not in played


def test_candidate_is_never_told_weights_or_who_led(interview: Interview, owner: Access) -> None:
    candidate = make_participant(interview.design)
    lifecycle.start(interview, owner)
    states.enter_step(interview, owner, "data")

    body = told(interview, access_of(candidate))

    for step in body["steps"]:
        assert set(step) == {"id", "state", "planned_s", "spent_s"}
    assert "waiting" not in body


def test_hidden_clock_sends_no_times(interview: Interview, owner: Access) -> None:
    candidate = make_participant(interview.design)
    set_for(interview, owner, hides_clock=True)
    lifecycle.start(interview, owner)

    body = told(interview, access_of(candidate))

    assert not {"elapsed_s", "planned_s", "started_at"} & set(body)
    assert all(set(step) == {"id", "state"} for step in body["steps"])
    assert "elapsed_s" in told(interview, owner)


def test_extra_time_lengthens_every_step(interview: Interview, owner: Access) -> None:
    set_for(interview, owner, extra_time=Decimal("1.5"))

    body = told(interview_of(interview.design_id), owner)

    assert body["steps"][0]["planned_s"] == 450


def test_shares_double_for_a_deep_dive(interview: Interview, owner: Access) -> None:
    lifecycle.start(interview, owner)
    states.enter_step(interview, owner, "model")

    steps = told(interview, owner)["steps"]

    shares = {step["id"]: step["share"] for step in steps}
    assert shares["model"] == pytest.approx(28 / 114)


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER])
@pytest.mark.parametrize(
    "act",
    [
        lifecycle.start,
        lifecycle.pause,
        lifecycle.end,
        lambda one, by: lifecycle.extend(one, by, 60),
        lambda one, by: lifecycle.reopen(one, by, "Why not"),
        lambda one, by: states.deep_dive(one, by, "data"),
        lambda one, by: twists.play_twist(one, by, 0),
        lambda one, by: set_for(one, by, hides_clock=True),
    ],
)
def test_only_interviewers_run_an_interview(
    interview: Interview, role: Role, act: Callable[[Interview, Access], object]
) -> None:
    with pytest.raises(NotFound):
        act(interview, access_of(make_participant(interview.design, role)))


def test_every_fault_of_a_setup_is_named_and_nothing_is_made() -> None:
    with pytest.raises(Invalid) as refusal:
        make_interview(
            plan={"data": 500, "nonsense": 3},
            deep_dives=["data", "model", "features"],
            preset="equal",
            candidate_email="not an address",
        )

    assert {fault.path for fault in refusal.value.faults} == {
        "$.plan.data",
        "$.plan.nonsense",
        "$.deep_dives",
        "$.preset_reason",
        "$.candidate_email",
    }
    assert not Interview.objects.exists()
