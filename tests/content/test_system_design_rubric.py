"""The rubric of the second flow: is it whole, and are its examples fit to test scoring with?"""

from itertools import combinations
from typing import Any

import pytest

from apps.content import registry
from tests.content.ranks import rank_correlation
from tests.content.test_rubric import ALIKE, LEVELS, SHOWN_BY, TELLING, grams

DATA: Any = registry.pack("rubric", "system-design").document
CRITERIA: list[Any] = DATA["criteria"]
EXAMPLES: dict[str, Any] = DATA["examples"]
LEARNING: Any = registry.pack("rubric", "ml-9-step").document


def written(examples: dict[str, Any]) -> list[str]:
    shown = [
        text for one in examples.values() for text in (*one["levels"].values(), one["counter"])
    ]
    return [text for text in shown if isinstance(text, str)]


def test_its_steps_are_those_of_its_flow_and_weigh_a_hundred() -> None:
    flow = registry.flow(DATA["flow"])

    assert [step["id"] for step in DATA["steps"]] == [step.id for step in flow.steps]
    assert sum(step["weight"] for step in DATA["steps"]) == 100


def test_there_are_twenty_four_criteria_with_examples_of_all() -> None:
    prefixes = {step["id"]: step["prefix"] for step in DATA["steps"]}
    prefixes[None] = DATA["cross_step"]["prefix"]

    assert len(CRITERIA) == 24
    assert [*EXAMPLES] == [criterion["id"] for criterion in CRITERIA]
    assert all(one["id"].split(".")[0] == prefixes[one["step"]] for one in CRITERIA)


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion["id"])
def test_a_criterion_says_what_shows_it_and_what_leads_on(criterion: Any) -> None:
    roles = {facet["role"] for facet in criterion["facets"]}

    assert len(set(criterion["anchors"])) == 4
    assert set(criterion["hint"]) == {"2", "3"}
    assert criterion["traps"]
    assert criterion["evidence"].keys() & {SHOWN_BY[by] for by in criterion["by"]}
    assert criterion["step"] is None or ("core" in roles and len(roles) >= 2)


def test_examples_are_as_long_as_a_candidate_writes_and_no_two_alike() -> None:
    texts = [(text, grams(text)) for text in (*written(EXAMPLES), *written(LEARNING["examples"]))]

    alike = [
        (first, second)
        for (first, ours), (second, theirs) in combinations(texts, 2)
        if len(ours & theirs) > ALIKE * len(ours | theirs)
    ]

    assert all(15 <= len(text.split()) <= 90 for text in written(EXAMPLES))
    assert alike == []


def test_the_length_of_an_example_does_not_tell_its_level() -> None:
    rows = [
        (int(level), len(one["levels"][level].split()))
        for one in EXAMPLES.values()
        for level in LEVELS
    ]

    levels, lengths = zip(*rows, strict=True)

    assert abs(rank_correlation([*levels], [*lengths])) <= TELLING
