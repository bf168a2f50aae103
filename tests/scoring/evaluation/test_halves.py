"""What both halves of the cases hold with room to spare, by words alone.

A bound is what must not be lost again, and lies behind the goal where the goal is not reached:
`python -m tests.scoring.evaluate` prints all figures beside their goals.
"""

from functools import cache

import pytest

from tests.scoring.evaluation.acceptance import Line, trial_of
from tests.scoring.evaluation.cases import HALVES

AT_MOST = {
    "framed / honest": 0.1,
    "bullets / honest": 0.2,
    "hollow / honest": 0.65,
    "aliases / honest": 0.35,
    "prototypes / honest": 0.25,
    "other-step / honest": 0.38,
    "injection / honest": 0.5,
    "negated / affirmed": 0.25,
    "honest steps, mean points (not above)": 70,
    "wrong problem, kept": 0.78,
    "style: spelling, points moved": 1,
    "style: names, points moved": 1,
    "style: order, points moved": 1,
}
AT_LEAST = {
    "benign negation, kept": 0.75,
    "paraphrase / textbook": 0.4,
    "good above bad, equal length": 0.9,
    "honest steps, mean points": 50,
    "honest steps, best tenth": 78,
}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize(("name", "bound"), AT_MOST.items())
def test_what_should_earn_little_earns_little(half: str, name: str, bound: float) -> None:
    assert value_of(half, name) <= bound


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize(("name", "bound"), AT_LEAST.items())
def test_what_should_earn_something_earns_it(half: str, name: str, bound: float) -> None:
    assert value_of(half, name) >= bound


def value_of(half: str, name: str) -> float:
    value = lines(half)[name].value
    assert value is not None, f"the {half} half has no cases of {name}"
    return value


@cache
def lines(half: str) -> dict[str, Line]:
    return {line.name: line for line in trial_of(half, "lexical").lines()}
