"""Where an interview stands, by its events alone."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from apps.interviews.enums import StepState
from apps.interviews.play import Event, Kind, Plan, Play, Stage, play

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PLAN = Plan({"goal": 300, "metrics": 240, "model": 420}, frozenset({"model"}))
ANN, BO = "ann", "bo"


def at(seconds: float) -> datetime:
    return TEN + timedelta(seconds=seconds)


def happened(kind: Kind, seconds: float, **more: object) -> Event:
    return Event(kind, at(seconds), **{"by": ANN, **more})  # type: ignore[arg-type]


def after(seconds: float, *events: Event) -> Play:
    return play(PLAN, events, at(seconds))


STARTED = happened(Kind.STARTED, 0)


def states(now: Play) -> dict[str, StepState]:
    return {step.id: step.state for step in now.steps}


def spent(now: Play) -> dict[str, float]:
    return {step.id: step.spent_s for step in now.steps}


def test_nothing_has_happened_in_the_lobby() -> None:
    now = after(500)

    assert (now.stage, now.elapsed_s, now.planned_s) == (Stage.LOBBY, 0, 960)
    assert set(states(now).values()) == {StepState.NOT_REACHED}


def test_clock_counts_from_the_start() -> None:
    assert after(61, STARTED).elapsed_s == 61


def test_pause_takes_no_time() -> None:
    now = after(100, STARTED, happened(Kind.PAUSED, 30), happened(Kind.RESUMED, 90))

    assert (now.stage, now.elapsed_s) == (Stage.RUNNING, 40)


def test_time_is_spent_on_the_step_and_by_whoever_led_there() -> None:
    now = after(
        100,
        STARTED,
        happened(Kind.ENTERED, 10, step="goal"),
        happened(Kind.ENTERED, 40, step="metrics", by=BO),
        happened(Kind.ENTERED, 70, step="goal", by=BO),
    )

    assert spent(now) == {"goal": 60, "metrics": 30, "model": 0}
    assert now.steps[0].spent_by == {ANN: 30, BO: 30}


def test_time_before_the_first_step_belongs_to_none() -> None:
    now = after(50, STARTED, happened(Kind.ENTERED, 20, step="goal"))

    assert (now.elapsed_s, sum(spent(now).values())) == (50, 30)


def test_planned_dive_is_one_as_soon_as_it_is_reached() -> None:
    now = after(50, STARTED, happened(Kind.ENTERED, 20, step="model"))

    assert states(now)["model"] == StepState.DEEP_DIVE


def test_dive_can_be_taken_back() -> None:
    now = after(
        50,
        STARTED,
        happened(Kind.ENTERED, 20, step="model"),
        happened(Kind.DIVE_TAKEN_BACK, 30, step="model"),
    )

    assert states(now)["model"] == StepState.IN_PLAY


@pytest.mark.parametrize(
    ("who", "state"),
    [
        ("interviewer", StepState.SKIPPED_BY_INTERVIEWER),
        ("candidate", StepState.SKIPPED_BY_CANDIDATE),
    ],
)
def test_skip_says_who_chose_it(who: str, state: StepState) -> None:
    now = after(50, STARTED, happened(Kind.SKIPPED, 20, step="model", text=who))

    assert states(now)["model"] == state


def test_skipped_step_that_is_worked_on_after_all_is_in_play() -> None:
    now = after(
        50,
        STARTED,
        happened(Kind.SKIPPED, 20, step="goal", text="candidate"),
        happened(Kind.ENTERED, 30, step="goal"),
    )

    assert states(now)["goal"] == StepState.IN_PLAY


def test_given_time_is_added_to_the_plan() -> None:
    now = after(50, STARTED, happened(Kind.EXTENDED, 20, amount=300))

    assert (now.planned_s, now.extended_s) == (1260, 300)


def test_thinking_time_ends_by_itself() -> None:
    quiet = happened(Kind.THINKING, 10, amount=60)

    assert after(69, STARTED, quiet).thinking_until == at(70)
    assert after(70, STARTED, quiet).thinking_until is None


def test_end_stops_the_clock_for_good() -> None:
    now = after(5000, STARTED, happened(Kind.ENTERED, 0, step="goal"), happened(Kind.ENDED, 45))

    assert (now.stage, now.elapsed_s, now.ended_at) == (Stage.ENDED, 45, at(45))
    assert spent(now)["goal"] == 45


def test_reopened_interview_stands_still_until_somebody_lets_it_run() -> None:
    ended = (STARTED, happened(Kind.ENDED, 45), happened(Kind.REOPENED, 100, text="Too early."))

    assert after(500, *ended).stage == Stage.PAUSED
    assert after(500, *ended, happened(Kind.RESUMED, 490)).elapsed_s == 55


def test_server_clock_that_is_set_back_takes_no_time_away() -> None:
    now = after(130, STARTED, happened(Kind.ENTERED, 100, step="goal"), happened(Kind.TWIST, 40))

    assert now.elapsed_s == 130


def test_twist_is_dated_by_its_first_time() -> None:
    now = after(90, STARTED, happened(Kind.TWIST, 20, amount=1), happened(Kind.TWIST, 50, amount=1))

    assert now.twists == {1: at(20)}


@pytest.mark.parametrize("seed", range(50))
def test_time_on_steps_never_exceeds_the_time_that_ran(seed: int) -> None:
    events = _some_events(random.Random(seed))

    now = play(PLAN, events, at(10_000))

    total = sum(spent(now).values())
    assert 0 <= total <= now.elapsed_s <= 10_000, f"seed {seed}"
    for step in now.steps:
        assert sum(step.spent_by.values()) == pytest.approx(step.spent_s)


def _some_events(dice: random.Random) -> Sequence[Event]:
    moments = sorted(dice.uniform(0, 5000) for _ in range(40))
    return [
        Event(
            dice.choice(list(Kind)),
            at(moment),
            by=dice.choice([ANN, BO]),
            step=dice.choice(list(PLAN.seconds)),
            amount=dice.randint(0, 3),
            text=dice.choice(["interviewer", "candidate"]),
        )
        for moment in moments
    ]
