"""The figures of calibration, and when they may be shown or called valid."""

from apps.interviews.statistics.alpha import alpha, coincidences
from apps.interviews.statistics.ratings import LEVELS, Unit, people_pairs
from apps.interviews.statistics.report import Report, agreement_of, report_of
from apps.scoring.agreement.figures import figures_of

STEPS = ("pf", "md")


def sessions(count: int, machine_is_off: bool = False) -> list[Unit]:
    """Two raters who differ in every fourth session; the machine says what the first does."""
    return [
        Unit(
            f"s{number:03}",
            step,
            {"anneke": level, "kofi": level + (number % 4 == 0)},
            machine=5 - level if machine_is_off else level,
        )
        for number in range(count)
        for step, level in zip(STEPS, (1 + number % 3, 3 - number % 3), strict=True)
    ]


def report(count: int, machine_is_off: bool = False) -> Report:
    return report_of(sessions(count, machine_is_off), STEPS)


def test_figures_are_shown_from_ten_double_rated_sessions_on() -> None:
    assert not report(9).is_shown
    assert report(10).is_shown


def test_the_machine_is_valid_from_thirty_sessions_on_if_it_agrees() -> None:
    assert not report(29).is_valid
    assert report(30).is_valid
    assert not report(30, machine_is_off=True).is_valid


def test_a_step_that_one_person_rated_is_left_out() -> None:
    alone = Unit("s999", "pf", {"anneke": 4})

    assert report_of([*sessions(12), alone], STEPS) == report(12)


def test_agreement_of_people_is_that_of_the_scoring_page() -> None:
    pairs = list(people_pairs(sessions(20)))
    known = figures_of(pairs)

    found = agreement_of(pairs)

    assert (found.exact, found.near, found.kappa) == (known.exact, known.near, known.kappa)
    assert found.interval
    assert found.interval[0] < (found.kappa or 0) < found.interval[1]


def test_the_confusion_matrix_has_the_machine_in_rows() -> None:
    units = [Unit("one", "pf", {"a": 2, "b": 3}, machine=1), Unit("two", "pf", {"a": 4, "b": 4}, 4)]

    found = report_of(units, STEPS).confusion

    # The median 2.5 counts as 3.
    assert found == [[0, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]]


def test_alpha_is_that_of_all_units_together() -> None:
    units = sessions(12)
    values = [[int(level) for level in unit.people.values()] for unit in units]

    found = report_of(units, STEPS).alpha_people

    assert found.value == alpha(coincidences(values, LEVELS), LEVELS)
    assert found.interval


def test_no_sessions_have_no_figures() -> None:
    empty = report_of([], STEPS)

    assert (empty.sessions, empty.alpha_people.value, empty.rows[0].people.kappa) == (0, None, None)
