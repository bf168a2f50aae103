"""How fast a socket may talk."""

from apps.rooms.room.pace import BURST, PER_SECOND, Pace, Verdict


def judge_many(pace: Pace, count: int, now: float, *, is_droppable: bool) -> set[Verdict]:
    return {pace.judge(now, is_droppable=is_droppable) for _ in range(count)}


def test_a_burst_is_taken_and_more_is_too_fast() -> None:
    pace = Pace()

    assert judge_many(pace, int(BURST), 0.0, is_droppable=False) == {Verdict.TAKE}
    assert pace.judge(0.0, is_droppable=False) is Verdict.TOO_FAST


def test_a_steady_pace_goes_on_for_ever() -> None:
    pace = Pace()
    frames = range(int(PER_SECOND) * 20)

    assert {pace.judge(n / PER_SECOND, is_droppable=False) for n in frames} == {Verdict.TAKE}


def test_presence_is_dropped_before_edits_are_refused() -> None:
    pace = Pace()
    judge_many(pace, 350, 0.0, is_droppable=False)

    assert pace.judge(0.0, is_droppable=True) is Verdict.DROP
    assert pace.judge(0.0, is_droppable=False) is Verdict.TAKE


def test_a_rested_pace_is_as_good_as_new() -> None:
    pace = Pace(10, burst=20)
    assert pace.is_rested(0.0)

    judge_many(pace, 10, 0.0, is_droppable=False)

    assert not pace.is_rested(0.5)
    assert pace.is_rested(1.0)
