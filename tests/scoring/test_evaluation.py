"""The gates that hold with room to spare, as tests: what is credited and what is resisted.

`python -m tests.scoring.evaluate` prints all of them, those that fail as well.
"""

import pytest

from tests.scoring.evaluation import attacks, gates
from tests.scoring.evaluation.corpus import Design, designs


def test_good_answers_beat_bad_ones_of_every_step() -> None:
    assert gates.ordered("good", "bad") == 1.0


def test_good_answers_beat_middling_ones() -> None:
    assert gates.ordered("good", "middling") >= 0.95


def test_scale_spreads_from_bad_to_good() -> None:
    assert gates.level_mean("bad") < 15
    assert 50 <= gates.level_mean("good") <= 70
    assert gates.best_tenth() >= 75


def test_more_of_an_answer_is_worth_more() -> None:
    assert gates.full_half_quarter() >= 0.9


@pytest.mark.parametrize("change", [attacks.shuffle_sentences, attacks.shout])
def test_harmless_change_keeps_the_score(change: gates.Change) -> None:
    assert gates.kept(change) >= 0.88


@pytest.mark.parametrize(
    ("change", "most"),
    [(attacks.shuffle_words, 0.3), (attacks.shuffle_in_sentences, 0.35), (attacks.twice, 1.05)],
)
def test_text_thrown_together_keeps_little(change: gates.Change, most: float) -> None:
    assert gates.kept(change) <= most


@pytest.mark.parametrize("name", attacks.STUFFING)
def test_stuffing_with_the_rubrics_terms_earns_little(name: str) -> None:
    assert gates.stuffing(name) <= 0.1


@pytest.mark.parametrize(("kind", "most"), [("lists", 0.1), ("outlines", 0.1), ("hollow", 0.65)])
def test_words_without_substance_earn_less(kind: str, most: float) -> None:
    assert gates.own_attack(kind) <= most


def test_pasted_rubric_and_prompt_earn_nothing() -> None:
    assert gates.rubric_paste() <= 0.05
    assert gates.prompt_paste() <= 0.05


def test_denied_things_do_not_count_and_harmless_nots_do() -> None:
    assert gates.negation("negated") <= 0.08
    assert gates.negation("benign") >= 0.85


def test_text_about_something_else_earns_little() -> None:
    assert gates.worst_offtopic("near") <= 22
    assert gates.offtopic("far") <= 8


def test_text_in_the_wrong_step_or_problem_loses() -> None:
    assert gates.other_step() <= 0.38
    assert gates.wrong_problem() <= 0.75


def test_everyday_words_earn_a_part_of_the_textbook_words() -> None:
    assert gates.paraphrase_credit("paraphrases") >= 0.5


@pytest.mark.parametrize("design", designs(), ids=lambda design: design.name)
def test_every_design_answers_at_least_five_steps(design: Design) -> None:
    assert len(design.notes("good")) >= 5
