"""Do the figures say what they claim, on a few cases that can be reckoned by hand?"""

from collections.abc import Mapping

import pytest

from tests.scoring.evaluation.acceptance import Line, Trial, others
from tests.scoring.evaluation.cases import (
    Attack,
    Cases,
    Honest,
    Negation,
    OrderedPair,
    Paraphrase,
    Style,
)
from tests.scoring.evaluation.details import worst_cases

WHERE = {"step": "metrics", "problem": "rank-ads"}


def count_words(problem: str, notes: Mapping[str, str]) -> dict[str, float]:
    """An engine that counts words, twice where the text names its problem."""
    return {
        step: float(len(text.split()) * (2 if problem in text else 1))
        for step, text in notes.items()
    }


def test_attack_is_held_against_the_honest_answers_of_its_kind() -> None:
    given = attacks(("terms", 1, 10), ("terms", 2, 20), ("salad", 3, 10), ("novel", 1, 4))

    assert figure(given, "terms / honest") == 0.1
    assert figure(given, "stuffing, worst black-box kind") == 0.3
    assert line(given, "novel / honest").passes is None
    assert line(given, "terms / honest").passes is True


def test_attack_on_answers_that_earn_nothing_says_nothing() -> None:
    assert line(attacks(("terms", 1, 0)), "terms / honest").passes is None


def test_negations_are_held_against_what_was_affirmed() -> None:
    given = some(
        negations=(Negation("n", **WHERE, affirmed=text(10), negated=text(1), benign=text(9)),)
    )

    assert figure(given, "negated / affirmed") == 0.1
    assert figure(given, "benign negation, kept") == 0.9
    assert line(given, "benign negation, kept").passes is True


def test_paraphrase_that_ties_with_its_distractor_wins_half() -> None:
    given = some(paraphrases=(triple("a", 4, 4), triple("b", 6, 2), triple("c", 1, 5)))

    assert figure(given, "paraphrase beats distractor") == 0.5
    assert figure(given, "paraphrase / textbook") == pytest.approx(11 / 30)


def test_semantic_channel_owes_more_for_a_paraphrase() -> None:
    given = some(paraphrases=(triple("a", 5, 1),))

    goals = [line(given, "paraphrase / textbook", name).goal for name in ("lexical", "semantic")]

    assert goals == [0.35, 0.7]


def test_pair_that_ties_is_not_in_order() -> None:
    pairs = (
        OrderedPair("a", **WHERE, good=text(2), bad=text(1)),
        OrderedPair("b", **WHERE, good=text(2), bad=text(2)),
    )

    assert figure(some(pairs=pairs), "good above bad, equal length") == 0.5


def test_scale_is_of_long_steps_and_its_best_tenth() -> None:
    given = some(honest=tuple(honest(str(count), text(count)) for count in (149, 150, 170)))

    assert figure(given, "honest steps, mean points") == 160
    assert figure(given, "honest steps, best tenth") == 170
    assert line(given, "honest steps, mean points").cases == 2


def test_wrong_problem_is_what_designs_keep_elsewhere() -> None:
    given = some(
        honest=tuple(
            Honest(id=name, step="metrics", problem=name, text=f"{name} " + text(9))
            for name in ("rank-ads", "asr")
        )
    )

    assert figure(given, "wrong problem, kept") == 0.5


def test_other_problems_are_the_next_three_in_a_ring() -> None:
    assert others("d", list("abcde")) == ["e", "a", "b"]


def test_style_counts_points_up_and_down_alike() -> None:
    variants = {"plain": text(10), "bullets": text(12), "typos": text(7)}
    given = some(style=(Style("s", **WHERE, variants=variants),))

    assert figure(given, "style: bullets, points moved") == 2
    assert figure(given, "style: typos, points moved") == 3


def test_worst_cases_are_those_of_the_tuning_half_alone() -> None:
    assert any("terms" in told for told in worst_cases(trial(attacks(("terms", 9, 10)))))
    with pytest.raises(ValueError, match="cases of the checking half are not to be seen"):
        list(worst_cases(trial(some("checking"))))


def some(half: str = "tuning", **kinds: tuple[object, ...]) -> Cases:
    names = ("attacks", "paraphrases", "negations", "pairs", "honest", "style")
    return Cases(half, **{name: kinds.get(name, ()) for name in names})  # type: ignore[arg-type]


def attacks(*rows: tuple[str, int, int]) -> Cases:
    return some(
        attacks=tuple(
            Attack(f"{kind}-{number}", **WHERE, kind=kind, text=text(got), honest=text(honest))
            for number, (kind, got, honest) in enumerate(rows)
        )
    )


def triple(name: str, paraphrase: int, distractor: int) -> Paraphrase:
    return Paraphrase(
        name,
        **WHERE,
        criterion="me.offline",
        textbook=text(10),
        paraphrase=text(paraphrase),
        distractor=text(distractor),
    )


def honest(name: str, words: str) -> Honest:
    return Honest(id=name, **WHERE, text=words)


def text(words: int) -> str:
    return "word " * words


def trial(given: Cases, channels: str = "lexical") -> Trial:
    return Trial(given, channels, count_words)


def line(given: Cases, name: str, channels: str = "lexical") -> Line:
    return next(one for one in trial(given, channels).lines() if one.name == name)


def figure(given: Cases, name: str) -> float | None:
    return line(given, name).value
