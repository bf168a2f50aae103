"""Scoring rates and impact ratios, worked out by hand."""

from apps.interviews.domain.privacy.groups import Rate, rates_of

FEMALE, MALE = {"sex": "female"}, {"sex": "male"}


def test_rates_and_ratios_are_those_of_a_hand_calculation() -> None:
    """The median is 5.5. Of five women two are above it, of five men three: 0.4 / 0.6 = 2/3."""
    people = [(score, FEMALE) for score in (1, 2, 3, 9, 10)]
    people += [(score, MALE) for score in (4, 5, 6, 7, 8)]

    assert rates_of(people) == [
        Rate("sex", "female", 5, 2, 0.4, 0.4 / 0.6),
        Rate("sex", "male", 5, 3, 0.6, 1.0),
    ]


def test_small_group_hides_itself_and_the_one_it_could_be_worked_out_from() -> None:
    people = [(float(score), FEMALE) for score in range(5)] + [(9.0, MALE)]

    assert [rate.people for rate in rates_of(people)] == [None, None]


def test_unknown_is_counted_and_sets_no_standard() -> None:
    people = [(9.0, {"sex": "unknown"})] * 5
    people += [(1.0, FEMALE), (1.0, FEMALE), (1.0, FEMALE), (9.0, FEMALE), (1.0, FEMALE)]
    people += [(1.0, MALE)] * 5

    unknown = rates_of(people)[-1]

    assert (unknown.group, unknown.people, unknown.impact_ratio) == ("unknown", 5, None)


def test_nobody_makes_no_rates() -> None:
    assert rates_of([]) == []
