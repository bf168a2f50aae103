"""The bank: every problem whole, its answers in order, and no telling the level by the length."""

from collections import Counter
from statistics import fmean

import pytest

from apps.content import registry
from apps.content.checks.problem import CROSS_STEP
from apps.content.types import Drill, Problem, WorkedAnswer
from tests.content.ranks import rank_correlation

FIRST_WAVE = {
    *("rec-video", "rec-follow", "rec-pymk", "rec-replace", "rec-rental", "rec-place"),
    *("search-semantic", "search-doc", "search-image", "search-video", "rank-feed", "rank-ads"),
    *("nlp-sentiment", "nlp-topics", "nlp-ner", "nlp-pos", "nlp-lm", "nlp-mt", "nlp-qa"),
    *("nlp-dialog", "asr", "cv-class", "cv-detect", "cv-track"),
}
SECOND_WAVE = {
    *("harmful-content", "delivery-time", "fraud", "typeahead", "doc-qa", "ride-matching"),
}
BANK = registry.problems()
ANSWERS = [answer for problem in BANK for answer in problem.answers]
# Of words and levels: a reader who only counts words should do no better than chance.
MOST_CORRELATION = 0.2


def words_of(answer: WorkedAnswer) -> int:
    return sum(len(notes.split()) for notes in answer.notes.values())


def mean_level(answer: WorkedAnswer) -> float:
    levels = [level for marks in answer.marks.values() for level in marks.levels.values()]
    return fmean(level for level in levels if isinstance(level, int))


def test_the_bank_has_both_waves_and_nine_drills() -> None:
    assert {problem.id for problem in BANK} == FIRST_WAVE | SECOND_WAVE
    assert len(registry.drills()) == 9


@pytest.mark.parametrize("problem", BANK, ids=lambda problem: problem.id)
def test_a_problem_is_whole(problem: Problem) -> None:
    assert 50 <= len(problem.prompt.split()) <= 170
    assert len(problem.clarifications) >= 6
    assert all(item.decides for item in problem.clarifications)
    assert len(problem.numbers) >= 5
    assert len(problem.estimates) >= 2
    assert set(problem.plan) == {"45", "60"}
    assert len(problem.twists) >= 2
    assert all(twist.expects for twist in problem.twists)
    assert len(problem.follow_ups) >= 5
    assert len(problem.special_criteria) >= 3
    assert problem.card is not None
    assert len(problem.card.traps) >= 3


@pytest.mark.parametrize("problem", BANK, ids=lambda problem: problem.id)
def test_a_reference_goes_through_all_steps(problem: Problem) -> None:
    reference = problem.reference
    assert reference is not None

    assert list(reference.notes) == [step.id for step in registry.flow(problem.flow).steps]
    assert 1200 <= sum(len(notes.split()) for notes in reference.notes.values()) <= 2300
    assert 14 <= len(reference.board["components"]) <= 27
    assert len(reference.alternatives) >= 2


@pytest.mark.parametrize("problem", BANK, ids=lambda problem: problem.id)
def test_three_answers_stand_at_their_levels(problem: Problem) -> None:
    answers = sorted(problem.answers, key=lambda answer: answer.level)

    assert [answer.level for answer in answers] == [2, 3, 4]
    means = [mean_level(answer) for answer in answers]
    assert means == sorted(means)
    for answer, mean in zip(answers, means, strict=True):
        assert abs(mean - answer.level) <= 0.6, answer.id
        assert CROSS_STEP in answer.marks
        assert all(marks.why for marks in answer.marks.values())


@pytest.mark.parametrize("problem", BANK, ids=lambda problem: problem.id)
def test_what_does_not_apply_is_marked_so(problem: Problem) -> None:
    for answer in problem.answers:
        levels = {
            name: level for marks in answer.marks.values() for name, level in marks.levels.items()
        }

        assert {name: levels[name] for name in problem.not_applicable} == dict.fromkeys(
            problem.not_applicable, "NA"
        ), answer.id


def test_the_length_of_an_answer_does_not_tell_its_level() -> None:
    levels = [answer.level for answer in ANSWERS]
    lengths = [words_of(answer) for answer in ANSWERS]

    assert abs(rank_correlation(levels, lengths)) <= MOST_CORRELATION


def test_answers_are_written_in_many_ways() -> None:
    styles = Counter(answer.style for answer in ANSWERS)

    assert len(styles) > len(ANSWERS) / 2


@pytest.mark.parametrize("drill", registry.drills(), ids=lambda drill: drill.id)
def test_a_drill_is_whole(drill: Drill) -> None:
    assert 10 <= drill.minutes <= 15
    assert len(drill.ideas) >= 4
    assert len(drill.questions) >= 5
    assert len(drill.pitfalls) >= 3
    assert drill.problems
