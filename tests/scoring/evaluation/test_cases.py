"""Are the cases what they say they are? Their form alone is looked at, in both halves alike."""

import re
from collections import Counter
from dataclasses import fields
from typing import Final

import pytest

from apps.content import registry
from apps.scoring.agreement.levels import step_of
from tests.scoring.documents import STEPS
from tests.scoring.evaluation.cases import HALVES, Case, cases

LEAST: Final = {
    "attacks": 40,
    "paraphrases": 40,
    "negations": 30,
    "pairs": 25,
    "honest": 20,
    "style": 8,
}
STYLES: Final = {"plain", "bullets", "prose", "spelling", "typos", "names", "order"}


def test_ids_are_unique_over_both_halves() -> None:
    counts = Counter(case.id for half in HALVES for case in cases(half))

    assert [id_ for id_, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("half", HALVES)
def test_half_is_large_enough_and_knows_all_steps(half: str) -> None:
    counts = {name: len(getattr(cases(half), name)) for name in LEAST}

    assert [name for name, least in LEAST.items() if counts[name] < least] == []
    for name in LEAST.keys() - {"style"}:
        assert {case.step for case in getattr(cases(half), name)} == set(STEPS), name


@pytest.mark.parametrize("half", HALVES)
def test_cases_are_about_a_step_of_a_problem_of_the_bank(half: str) -> None:
    known = set(registry.pack_ids("problem"))

    wrong = [
        case.id
        for case in cases(half)
        if case.step not in STEPS or case.problem not in known or not all(texts_of(case))
    ]

    assert wrong == []


def test_there_are_as_many_cases_as_were_asked_for() -> None:
    both = [cases(half) for half in HALVES]

    assert sum(len(one.attacks) for one in both) >= 60
    assert sum(len(one.paraphrases) for one in both) >= 60
    assert sum(len(one.negations) for one in both) >= 40
    assert all(one.pairs and one.honest and one.style for one in both)


def test_paraphrases_are_about_a_criterion_of_their_step() -> None:
    steps = step_of(registry.rubric())
    wrong = [
        case.id
        for half in HALVES
        for case in cases(half).paraphrases
        if case.criterion and steps.get(case.criterion) != case.step
    ]

    assert wrong == []


def test_pairs_are_of_the_same_length_within_a_tenth() -> None:
    wrong = [
        case.id
        for half in HALVES
        for case in cases(half).pairs
        if not 0.9 <= words(case.bad) / words(case.good) <= 1 / 0.9
    ]

    assert wrong == []


def test_pairs_are_of_40_to_120_words() -> None:
    wrong = [
        case.id
        for half in HALVES
        for case in cases(half).pairs
        if min(words(case.good), words(case.bad)) < 40
        or max(words(case.good), words(case.bad)) > 120
    ]

    assert wrong == []


def test_attacks_are_about_as_long_as_the_honest_answers() -> None:
    wrong = [
        case.id
        for half in HALVES
        for case in cases(half).attacks
        if not 0.65 <= words(case.text) / words(case.honest) <= 1.5
    ]

    assert wrong == []


def test_honest_answers_are_of_150_to_280_words() -> None:
    wrong = [
        case.id
        for half in HALVES
        for case in cases(half).honest
        if not 150 <= words(case.text) <= 280
    ]

    assert wrong == []


def test_style_variants_are_all_there_and_of_about_one_length() -> None:
    for half in HALVES:
        for case in cases(half).style:
            lengths = [words(text) for text in case.variants.values()]

            assert set(case.variants) == STYLES, case.id
            assert max(lengths) / min(lengths) <= 1.2, case.id


def test_another_order_has_the_same_sentences() -> None:
    for half in HALVES:
        for case in cases(half).style:
            assert sentences(case.variants["order"]) == sentences(case.variants["plain"]), case.id


def sentences(text: str) -> set[str]:
    """Without case, marks and line breaks; lines of a list are sentences."""
    flat = re.sub(r"(?<![.!?:|])\n(?![-*\d\n|])", " ", text.strip())
    parts = re.split(r"(?<=[.!?])\s+|\n", flat)
    return {folded for part in parts if (folded := " ".join(re.findall(r"\w+", part.lower())))}


def texts_of(case: Case) -> list[str]:
    """All texts of a case but the honest answer that an attack is held against."""
    names = {field.name for field in fields(case)} - {*CASE, "kind", "criterion", "honest"}
    values = [getattr(case, name) for name in sorted(names)]
    return [
        text for value in values for text in ([value] if isinstance(value, str) else value.values())
    ]


CASE = tuple(field.name for field in fields(Case))


def words(text: str) -> int:
    return len(text.split())
