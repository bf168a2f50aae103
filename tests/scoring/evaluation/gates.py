"""Which figures say that the engine credits what is said and resists what is not?

Each gate is a figure and the side it should lie on. Ratios are against the honest answer to the
same step, so they mean something only beside the scale gates.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from statistics import mean
from typing import Final

from apps.content import registry
from apps.scoring.domain.engines import compiled
from apps.scoring.engine.terms import terms_and_sentences
from tests.scoring.documents import STEPS
from tests.scoring.evaluation import attacks
from tests.scoring.evaluation.corpus import Design, designs, step_score, step_scores, texts, total

Figure = Callable[[], float]
Change = Callable[[str], str]


@dataclass(frozen=True)
class Gate:
    name: str
    figure: Figure
    goal: float
    at_most: bool = False

    def passes(self, value: float) -> bool:
        return value <= self.goal if self.at_most else value >= self.goal


def least(name: str, goal: float, figure: Figure) -> Gate:
    return Gate(name, figure, goal)


def most(name: str, goal: float, figure: Figure) -> Gate:
    return Gate(name, figure, goal, at_most=True)


@cache
def honest() -> dict[tuple[str, str], float]:
    """The score of every good answer, by design and step."""
    return {
        (design.name, step): score
        for design in designs()
        for step, score in step_scores(design, design.notes("good")).items()
    }


def pairs() -> Iterator[tuple[Design, str]]:
    return ((design, step) for design in designs() for step in design.notes("good"))


def whole() -> list[Design]:
    """Designs with an answer to every step."""
    return [design for design in designs() if len(design.steps) == len(STEPS)]


def kept(change: Change) -> float:
    """What is left of the good answers' scores after the change."""
    changed = [
        step_score(design, step, change(design.steps[step]["good"])) for design, step in pairs()
    ]
    return mean(changed) / mean(honest().values())


def beside_honest(by_step: dict[str, str]) -> float:
    """What these texts earn in their steps, against the honest answers to the same steps."""
    rows = [(design, step) for design, step in pairs() if step in by_step]
    got = mean(step_score(design, step, by_step[step]) for design, step in rows)
    return got / mean(honest()[design.name, step] for design, step in rows)


def level_mean(level: str) -> float:
    return mean(
        step_score(design, step, levels[level])
        for design in designs()
        for step, levels in design.steps.items()
        if level in levels
    )


def best_tenth() -> float:
    ranked = sorted(honest().values(), reverse=True)
    return mean(ranked[: max(1, len(ranked) // 10)])


def ordered(better: str, worse: str) -> float:
    """Share of steps whose better answer earns more than the worse one."""
    return mean(
        step_score(design, step, levels[better]) > step_score(design, step, levels[worse])
        for design in designs()
        for step, levels in design.steps.items()
        if better in levels and worse in levels
    )


def full_half_quarter() -> float:
    """Share of the neighbours in full > half > quarter > nothing that stand in this order."""
    return mean(order for design, step in pairs() for order in _falling(design, step))


def _falling(design: Design, step: str) -> list[bool]:
    text = design.steps[step]["good"]
    cut = [step_score(design, step, change(text)) for change in (attacks.half, attacks.quarter)]
    scores = [honest()[design.name, step], *cut, 0.0]
    return [above > below for above, below in pairwise(scores)]


def stuffing(name: str) -> float:
    terms = terms_and_sentences(compiled(registry.rubric()))["terms"]
    assert isinstance(terms, dict)
    return beside_honest({step: attacks.STUFFING[name](_strings(terms[step])) for step in STEPS})


def rubric_paste() -> float:
    sentences = terms_and_sentences(compiled(registry.rubric()))["sentences"]
    assert isinstance(sentences, dict)
    return beside_honest(
        {step: attacks.pasted_sentences(_strings(sentences[step])) for step in STEPS}
    )


def prompt_paste() -> float:
    got = mean(step_score(design, step, design.problem["prompt"]) for design, step in pairs())
    return got / mean(honest().values())


def own_attack(kind: str) -> float:
    return beside_honest(texts("attacks")[kind])


def negation(kind: str) -> float:
    rows, design = texts("negations"), designs()[0]
    return _sum(step_score(design, row["step"], row[kind]) for row in rows) / _sum(
        step_score(design, row["step"], row["affirmed"]) for row in rows
    )


def _sum(values: Iterable[float]) -> float:
    return max(sum(values), 1e-9)


def offtopic(kind: str) -> float:
    """Mean points of an unrelated text in any step."""
    design = whole()[0]
    return mean(
        step_score(design, step, text) for text in texts("offtopic")[kind] for step in STEPS
    )


def worst_offtopic(kind: str) -> float:
    """The same in the step that likes it best."""
    design = whole()[0]
    return max(
        mean(step_score(design, step, text) for text in texts("offtopic")[kind]) for step in STEPS
    )


def other_step() -> float:
    """The whole design with every text three steps too late: what its steps keep."""
    moved = mean(total(design, _rotated(design)) for design in whole())
    return moved / mean(total(design, design.notes("good")) for design in whole())


def _rotated(design: Design) -> dict[str, str]:
    return {step: design.steps[attacks.next_step(step)]["good"] for step in STEPS}


def wrong_problem() -> float:
    """Good answers handed in for another problem."""
    complete = whole()
    moved = mean(
        total(asked, given.notes("good"))
        for asked in complete
        for given in complete
        if asked != given
    )
    return moved / mean(total(design, design.notes("good")) for design in complete)


@cache
def triples(name: str) -> list[tuple[float, float, float]]:
    """Points of textbook sentence, paraphrase and distractor."""
    design = designs()[0]
    return [
        (
            step_score(design, row["step"], row["textbook"]),
            step_score(design, row["step"], row["paraphrase"]),
            step_score(design, row["step"], row["distractor"]),
        )
        for row in texts(name)
    ]


def paraphrase_credit(name: str) -> float:
    return sum(one for _, one, _ in triples(name)) / sum(book for book, _, _ in triples(name))


def distractor_credit(name: str) -> float:
    return sum(one for _, _, one in triples(name)) / sum(book for book, _, _ in triples(name))


def paraphrase_wins(name: str) -> float:
    """Share of paraphrases that beat their distractor; a tie is half a win."""
    return mean(
        (paraphrase > distractor) + (paraphrase == distractor) / 2
        for _, paraphrase, distractor in triples(name)
    )


def milliseconds() -> float:
    """Processor time for a thousand words of whole designs."""
    notes = [(design, design.notes("good")) for design in whole()]
    words = sum(len(text.split()) for _, of in notes for text in of.values())
    start = time.process_time()
    for design, of in notes:
        step_scores(design, of)
    return (time.process_time() - start) * 1e6 / words


GATES: Final = (
    least("good steps, mean points", 50, lambda: mean(honest().values())),
    most("good steps, mean points (not above)", 65, lambda: mean(honest().values())),
    least("best tenth of good steps", 78, best_tenth),
    most("bad steps, mean points", 20, lambda: level_mean("bad")),
    least("good beats bad", 0.95, lambda: ordered("good", "bad")),
    least("good beats middling", 0.95, lambda: ordered("good", "middling")),
    least("middling beats bad", 0.9, lambda: ordered("middling", "bad")),
    least("full > half > quarter > empty", 0.97, full_half_quarter),
    most("half an answer, kept", 0.75, lambda: kept(attacks.half)),
    least("sentences in any order, kept", 0.9, lambda: kept(attacks.shuffle_sentences)),
    least("capitals, kept", 0.95, lambda: kept(attacks.shout)),
    most("said twice, kept", 1.05, lambda: kept(attacks.twice)),
    most("words in any order / full", 0.45, lambda: kept(attacks.shuffle_words)),
    most("words mixed in each sentence / full", 0.45, lambda: kept(attacks.shuffle_in_sentences)),
    *(
        most(f"stuffing: {name} / honest", 0.1, partial(stuffing, name))
        for name in attacks.STUFFING
    ),
    most("own list of words / honest", 0.1, lambda: own_attack("lists")),
    most("outline / honest", 0.2, lambda: own_attack("outlines")),
    most("hollow sentences / honest", 0.6, lambda: own_attack("hollow")),
    most("rubric's sentences / honest", 0.15, rubric_paste),
    most("prompt pasted / honest", 0.1, prompt_paste),
    most("negated / affirmed", 0.08, lambda: negation("negated")),
    least("benign negation, kept", 0.9, lambda: negation("benign")),
    least("paraphrase / textbook", 0.35, partial(paraphrase_credit, "paraphrases")),
    most("distractor / textbook", 0.35, partial(distractor_credit, "paraphrases")),
    least("paraphrase beats distractor", 0.65, partial(paraphrase_wins, "paraphrases")),
    least("held out: paraphrase / textbook", 0.35, partial(paraphrase_credit, "held-out")),
    least("held out: paraphrase beats distractor", 0.65, partial(paraphrase_wins, "held-out")),
    most("near off-topic prose, points", 22, lambda: offtopic("near")),
    most("near off-topic prose, worst step", 22, lambda: worst_offtopic("near")),
    most("far off-topic prose, points", 8, lambda: offtopic("far")),
    most("steps rotated, kept", 0.42, other_step),
    most("wrong problem, kept", 0.75, wrong_problem),
    most("processor ms per 1,000 words", 50, milliseconds),
)


def _strings(values: object) -> list[str]:
    assert isinstance(values, list)
    return [str(value) for value in values]
