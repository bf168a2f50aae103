"""Are the cases what they say they are? Their form alone is looked at, in both halves alike."""

from collections import Counter
from dataclasses import fields

import pytest

from apps.content import registry
from apps.scoring.agreement.levels import step_of
from tests.scoring.documents import STEPS
from tests.scoring.evaluation.cases import HALVES, Case, cases

EVERY = [pytest.param(case, id=case.id) for half in HALVES for case in cases(half)]


def test_ids_are_unique_over_both_halves() -> None:
    counts = Counter(case.id for half in HALVES for case in cases(half))

    assert [id_ for id_, count in counts.items() if count > 1] == []


def test_no_text_is_in_both_halves() -> None:
    tuning, checking = (
        {text for case in cases(half) for text in texts_of(case)} for half in HALVES
    )

    assert tuning & checking == set()


@pytest.mark.parametrize("case", EVERY)
def test_case_is_about_a_step_of_a_problem_of_the_bank(case: Case) -> None:
    assert case.step in STEPS
    assert case.problem in registry.pack_ids("problem")
    assert all(text.strip() for text in texts_of(case))


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


def test_style_variants_are_of_a_plain_text() -> None:
    wrong = [
        case.id for half in HALVES for case in cases(half).style if "plain" not in case.variants
    ]

    assert wrong == []


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
