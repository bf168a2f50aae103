"""The worked answers: better earns more, and what only looks like an answer earns little.

Ordering and ratios, no absolute marks: the scale is a judgement, its order is a promise.
"""

import random
import re
from functools import cache
from statistics import mean
from typing import Any

import pytest

from apps.content import registry
from apps.scoring.domain.engines import compiled
from apps.scoring.engine.terms import terms_and_sentences
from tests.scoring.documents import all_of, answer, answers, make_document, score

STEPS = tuple(answers()["steps"])
MARGIN = 9
# Its middling answer has no figure, no reason and nothing of the problem: it earns as little.
SAYS_NO_FIGURE = ("prediction-service",)


def marks(notes: dict[str, str]) -> dict[str, float]:
    scoring = score(make_document(notes))
    results: dict[str, Any] = dict(scoring.steps())
    return {step: results[step]["score"] for step in notes}


def mark(step: str, text: str) -> float:
    return marks({step: text})[step]


@cache
def honest() -> dict[str, float]:
    return marks(all_of("strong"))


def ratio(attack: dict[str, str]) -> float:
    """What an attack earns of what honest answers to the same steps earn."""
    return sum(marks(attack).values()) / sum(honest()[step] for step in attack)


@pytest.mark.parametrize("step", STEPS)
def test_better_answers_earn_more(step: str) -> None:
    strong, middling, weak = (
        mark(step, answer(step, one)) for one in ("strong", "middling", "weak")
    )

    assert strong > middling + MARGIN
    assert middling > weak + MARGIN or step in SAYS_NO_FIGURE


@pytest.mark.parametrize("step", STEPS)
def test_more_of_an_answer_earns_more(step: str) -> None:
    lines = answer(step, "strong").splitlines()
    quarter, half = ("\n".join(lines[: len(lines) // part]) for part in (4, 2))

    assert mark(step, answer(step, "strong")) > mark(step, half) >= mark(step, quarter) > 0


def shuffled(text: str, chooser: random.Random) -> str:
    """Every sentence keeps its words and loses their order."""
    lines = []
    for line in text.splitlines():
        for sentence in re.split(r"(?<=[.!?])\s", line):
            words = sentence.split()
            chooser.shuffle(words)
            lines.append(" ".join(words))
    return "\n".join(lines)


FRAMES = (
    "We use {a} and {b} to improve the system by {n}%.",
    "Because of {a}, our {b} is {n} ms faster.",
    "The {a} handles {n} million users with {b}.",
    "To ensure quality, {a} is combined with {b}, which gives a {n}% lift.",
)


def hollow(terms: list[str], chooser: random.Random) -> str:
    return "\n".join(
        chooser.choice(FRAMES).format(
            a=chooser.choice(terms), b=chooser.choice(terms), n=chooser.randint(2, 90)
        )
        for _ in range(12)
    )


@cache
def attacks() -> dict[str, tuple[dict[str, str], float]]:
    """Name -> what is written in each step, and the share of an honest mark that it may earn."""
    texts = answers("attacks")
    own: Any = terms_and_sentences(compiled(registry.rubric()))
    chooser = random.Random(7)
    behind = (*STEPS[2:], *STEPS[:2])
    return {
        "off topic": (dict.fromkeys(STEPS, texts["off_topic"]), 0.1),
        "terms with commas": ({step: ", ".join(own["terms"][step]) for step in STEPS}, 0.1),
        "terms in bullets": (
            {step: "\n".join(f"- {term}" for term in own["terms"][step]) for step in STEPS},
            0.2,
        ),
        "the rubric's sentences": (
            {step: "\n".join(own["sentences"][step]) for step in STEPS},
            0.1,
        ),
        "the problem statement": (dict.fromkeys(STEPS, answers()["prompt"]), 0.1),
        "an outline": (texts["outline"], 0.2),
        "denied": (texts["negated"], 0.1),
        "shuffled": ({step: shuffled(answer(step, "strong"), chooser) for step in STEPS}, 0.45),
        "frames with figures": ({step: hollow(own["terms"][step], chooser) for step in STEPS}, 0.5),
        "steps moved": (
            {step: answer(other, "strong") for step, other in zip(STEPS, behind, strict=True)},
            0.4,
        ),
    }


@pytest.mark.parametrize("name", list(attacks()))
def test_attack_earns_little(name: str) -> None:
    notes, most = attacks()[name]

    assert ratio(notes) <= most


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("text", ["off_topic", "near_topic"])
def test_text_about_something_else_earns_little(step: str, text: str) -> None:
    assert mark(step, answers("attacks")[text]) <= 0.3 * honest()[step]


def test_denial_costs_nearly_everything() -> None:
    texts = answers("attacks")

    denied, affirmed = marks(texts["negated"]), marks(texts["affirmed"])

    assert sum(denied.values()) <= 0.1 * sum(affirmed.values())


def test_answer_to_another_problem_earns_less() -> None:
    speech = {
        "id": "x",
        "version": "1",
        "title": "Speech recognition",
        "prompt": "Turn phone calls into text as they happen. Accents and noise vary by caller.",
    }
    scoring = score(make_document(all_of("strong"), problem=speech))
    results: dict[str, Any] = dict(scoring.steps())

    kept = sum(results[step]["score"] for step in STEPS)

    assert kept <= 0.85 * sum(honest().values())


@pytest.mark.parametrize("essay", [0, 1])
def test_plain_prose_without_terms_of_the_trade_is_read(essay: int) -> None:
    written: Any = answers("essays")
    scoring = score(make_document(written[essay]["steps"], problem=written[essay]["problem"]))
    results: dict[str, Any] = dict(scoring.steps())

    earned = [results[step]["score"] for step in written[essay]["steps"]]
    assert mean(earned) >= 50
    assert min(earned) >= 17
