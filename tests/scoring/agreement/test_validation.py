"""When is a score called validated?"""

from typing import Any

import pytest

from apps.scoring.agreement.validation import verdict


@pytest.mark.parametrize(
    ("report", "text"),
    [
        (
            {"double_rated": 29},
            "Not validated: 29 of the 30 sessions that it takes are rated by two people.",
        ),
        (
            {"interval": [0.6, 0.8]},
            "Not validated: kappa 0.72 (0.60 to 0.80); all of the interval must be above 0.6.",
        ),
        (
            {"kappa": None, "interval": None},
            "Not validated: kappa is not defined; all of the interval must be above 0.6.",
        ),
        (
            {"people": 0.8},
            "Not validated: kappa 0.72 (0.65 to 0.79), while people agree with each other at 0.80.",
        ),
    ],
)
def test_score_that_falls_short_says_in_what(report: dict[str, Any], text: str) -> None:
    assert verdict(make_report(**report)) == {"validated": False, "text": text}


@pytest.mark.parametrize("people", [0.72, 0.5, None])
def test_score_that_agrees_no_less_than_people_do_is_validated(people: float | None) -> None:
    assert verdict(make_report(people=people)) == {
        "validated": True,
        "text": "Validated on 30 sessions rated by two people: kappa 0.72 (0.65 to 0.79).",
    }


def make_report(
    double_rated: int = 30,
    kappa: float | None = 0.72,
    interval: list[float] | None = [0.65, 0.79],  # noqa: B006 - never changed
    people: float | None = 0.7,
) -> dict[str, Any]:
    return {
        "double_rated": double_rated,
        "all": {"with_ne": {"kappa": kappa, "interval": interval}},
        "people": {"with_ne": {"kappa": people}},
    }
