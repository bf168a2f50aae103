"""Is the comparison with the worked answers made without the answers' packs?"""

from typing import Any

from apps.content import registry
from apps.content.worked import answer_document
from apps.scoring.agreement.levels import step_of
from apps.scoring.stdio import score_document
from tests.scoring.evaluation.worked import compare, problems, scored, without_its_pack


def test_every_problem_of_the_flow_has_three_answers() -> None:
    assert {len(problem.answers) for problem in problems()} == {3}


def test_engine_reads_nothing_of_a_problems_pack_but_its_card() -> None:
    """The score with the rest of the pack cut off is the score that the product gives."""
    problem = registry.problem("rec-video")
    answer = problem.answers[0]

    cut_off = scored(problem, answer, "lexical")["steps"]

    assert cut_off == score_document(answer_document(problem, answer.id))["steps"]
    assert without_its_pack(problem).answers == ()


def test_levels_agree_with_the_marks_in_every_step() -> None:
    """What must not be lost again; the goals are 0.9 within one level, and a kappa of 0.6."""
    report: Any = compare("lexical")

    figures = {row["id"]: row["with_ne"] for row in report["steps"]}

    assert {step: of["near"] for step, of in figures.items() if of["near"] < 0.88} == {}
    assert {step: of["kappa"] for step, of in figures.items() if of["kappa"] < 0.35} == {}
    assert report["all"]["with_ne"]["kappa"] > 0.5


def test_criteria_across_the_steps_are_not_compared() -> None:
    assert set(step_of(registry.rubric()).values()) == {step.id for step in registry.flow().steps}
