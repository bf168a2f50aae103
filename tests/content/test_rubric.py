"""The rubric of the nine steps: is it whole, and are its examples fit to test scoring with?

Whether the machine agrees with them is asked elsewhere: here they only have to be good examples.
"""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any, Final

import pytest

from apps.content import registry
from tests.content.ranks import rank_correlation

DATA: Any = registry.pack("rubric", "ml-9-step").document
CRITERIA: list[Any] = DATA["criteria"]
EXAMPLES: dict[str, Any] = DATA["examples"]
FACETS = [(one["id"], facet) for one in CRITERIA for facet in one["facets"]]
LEVELS: Final = ("1", "2", "3", "4")
SHOWN_BY: Final = {"G": "board", "H": "session", "T": "notes"}
# Texts that share more than a tenth of their runs of five words are near-duplicates.
GRAM: Final = 5
ALIKE: Final = 0.1
# Below this correlation a reader cannot guess the level from the length.
TELLING: Final = 0.15


def texts(levels: tuple[str, ...] = LEVELS) -> Iterator[tuple[str, str]]:
    """(level, text) of every example that is written and not drawn."""
    for examples in EXAMPLES.values():
        for level in levels:
            if isinstance(examples["levels"][level], str):
                yield level, examples["levels"][level]


def facet_id(part: Any) -> str:
    return part if isinstance(part, str) else str(part["id"])


def counters() -> Iterator[str]:
    return (one["counter"] for one in EXAMPLES.values() if isinstance(one["counter"], str))


def grams(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1))


def test_there_are_sixty_eight_criteria_with_examples_of_all() -> None:
    assert len(CRITERIA) == 68
    assert [*EXAMPLES] == [criterion["id"] for criterion in CRITERIA]


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion["id"])
def test_a_criterion_says_what_shows_it_and_what_leads_on(criterion: Any) -> None:
    anchors = criterion["anchors"]

    assert len(set(anchors)) == 4
    assert min(len(anchor.split()) for anchor in anchors) >= 3
    assert criterion["ask"].endswith("?")
    assert set(criterion["hint"]) == {"2", "3"}
    assert 1 <= len(criterion["traps"]) <= 3
    assert SHOWN_BY[criterion["by"][0]] in criterion["evidence"]


@pytest.mark.parametrize("criterion", EXAMPLES, ids=str)
def test_a_criterion_has_an_example_of_each_level_and_a_counter_example(criterion: str) -> None:
    examples = EXAMPLES[criterion]
    shown = [*examples["levels"].values(), examples["counter"]]

    assert set(examples["levels"]) == set(LEVELS)
    assert len(examples["counter_why"].split()) >= 6
    assert all(15 <= len(one.split()) <= 90 for one in shown if isinstance(one, str))


def test_boards_stand_in_for_text_only_where_the_board_alone_is_judged() -> None:
    by_board = {one["id"] for one in CRITERIA if one["by"] == ["G"]}
    drawn = {
        criterion
        for criterion, examples in EXAMPLES.items()
        if any(isinstance(one, dict) for one in examples["levels"].values())
    }

    assert drawn == by_board


def test_no_two_examples_are_alike() -> None:
    written = [(text, grams(text)) for text in (*(text for _, text in texts()), *counters())]

    alike = [
        (first, second)
        for (first, ours), (second, theirs) in combinations(written, 2)
        if len(ours & theirs) > ALIKE * len(ours | theirs)
    ]

    assert alike == []


def test_the_length_of_an_example_does_not_tell_its_level() -> None:
    rows = [(int(level), len(text.split())) for level, text in texts()]

    levels, lengths = zip(*rows, strict=True)

    assert abs(rank_correlation([*levels], [*lengths])) <= TELLING


@pytest.mark.parametrize(("criterion", "facet"), FACETS, ids=facet_id)
def test_a_facet_is_said_in_five_to_eight_everyday_sentences(criterion: str, facet: Any) -> None:
    prototypes = facet["prototypes"]

    assert 5 <= len(set(prototypes)) == len(prototypes) <= 8, criterion


def test_no_everyday_sentence_stands_for_two_facets() -> None:
    said = [text for _, facet in FACETS for text in facet["prototypes"]]

    assert len(said) == len(set(said))


def test_examples_are_not_taken_from_the_words_that_scoring_looks_for() -> None:
    cues = [grams(text) for _, facet in FACETS for text in facet["prototypes"]]
    cues += [grams(anchor) for criterion in CRITERIA for anchor in criterion["anchors"]]
    known = frozenset[tuple[str, ...]]().union(*cues)

    copied = [text for _, text in texts() if len(grams(text) & known) > 1]

    assert copied == []


def test_criteria_are_limited_to_families_that_the_rubric_explains() -> None:
    families = {family["id"] for family in DATA["families"]}
    limited = {one["id"]: set(one["applies"]) for one in CRITERIA if "applies" in one}

    assert {"me.rank", "me.imbalance", "da.negatives", "ps.retrieval"} <= set(limited)
    assert set().union(*limited.values()) <= families
    assert all(applies < families for applies in limited.values())


def test_seniority_asks_for_more_from_one_to_the_next() -> None:
    asked = [{**one["steps"], **one["criteria"]} for one in DATA["expectations"]]

    assert [one["id"] for one in DATA["expectations"]] == ["mid", "senior", "staff"]
    assert all(less.items() < more.items() for less, more in pairwise(asked))


def test_every_rule_of_the_total_has_its_sentence() -> None:
    rules = DATA["overall"]

    assert set(rules["meaning"]) == set(rules) - {"meaning"}
    assert all("meaning" in one for one in (*DATA["bands"], *DATA["presets"].values()))
    assert all(one["name"] and one["meaning"] for one in DATA["statuses"].values())
