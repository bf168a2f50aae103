"""Which figures does issue 5 ask for, and what are they on one half of the cases?

Each line is a figure, the side of the goal where it should lie, and how many cases it is made of.
Ratios are of sums over all cases of a kind: a single case means little.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import mean
from typing import Final, TypeVar

from tests.scoring.evaluation import scorer
from tests.scoring.evaluation.cases import Attack, Case, Cases, Honest, Paraphrase, cases

# What an attack may keep of the honest answer beside it. Kinds without a goal are only shown.
ATTACKS: Final[Mapping[str, float]] = {
    "terms": 0.1,
    "bullets": 0.1,
    "framed": 0.1,
    "varied": 0.1,
    "salad": 0.1,
    "outline": 0.1,
    "template": 0.1,
    "prompt": 0.1,
    "hollow": 0.6,
    "aliases": 0.15,
    "prototypes": 0.15,
    "other-step": 0.38,
    "off-topic": 0.15,
    "wrong-problem": 0.75,
}
BLACK_BOX: Final = ("terms", "bullets", "framed", "varied", "salad", "outline")
PARAPHRASE_CREDIT: Final = {"lexical": 0.35, "semantic": 0.7}
LONG: Final = 150  # words of a step that belongs to the scale
STYLE_POINTS: Final = 2
OTHER_PROBLEMS: Final = 3  # that each design is handed in for

Score = Callable[[str, Mapping[str, str]], Mapping[str, float]]
AnyCase = TypeVar("AnyCase", bound=Case)


@dataclass(frozen=True, slots=True)
class Line:
    """value: None where there are no cases. goal: None for a figure that is only shown."""

    name: str
    value: float | None
    goal: float | None
    cases: int
    at_most: bool = True

    @property
    def passes(self) -> bool | None:
        """None where nothing can be said."""
        if self.value is None or self.goal is None:
            return None
        return self.value <= self.goal if self.at_most else self.value >= self.goal


@dataclass(frozen=True, slots=True)
class Trial:
    """The cases of one half, and who scores them: points by step of the notes of a problem."""

    cases: Cases
    channels: str
    score: Score

    def lines(self) -> Iterator[Line]:
        yield from self._attacks()
        yield from self._negations()
        yield from self._paraphrases()
        yield from self._pairs()
        yield from self._scale()
        yield self._wrong_problem()
        yield from self._style()

    def points(self, case: Case, text: str) -> float:
        return self.score(case.problem, {case.step: text})[case.step]

    def _attacks(self) -> Iterator[Line]:
        kinds = by_kind(self.cases.attacks)
        found = {kind: self._kept_of_honest(attacks) for kind, attacks in kinds.items()}
        worst = [value for kind in BLACK_BOX if (value := found[kind]) is not None]
        of_black_box = sum(len(kinds[kind]) for kind in BLACK_BOX)
        yield Line("stuffing, worst black-box kind", max(worst, default=None), 0.1, of_black_box)
        for kind, value in found.items():
            yield Line(f"{kind} / honest", value, ATTACKS.get(kind), len(kinds[kind]))

    def _kept_of_honest(self, attacks: Sequence[Attack]) -> float | None:
        return self.ratio(attacks, lambda case: case.text, lambda case: case.honest)

    def _negations(self) -> Iterator[Line]:
        rows = self.cases.negations
        negated = self.ratio(rows, lambda case: case.negated, lambda case: case.affirmed)
        benign = self.ratio(rows, lambda case: case.benign, lambda case: case.affirmed)
        yield Line("negated / affirmed", negated, 0.08, len(rows))
        yield Line("benign negation, kept", benign, 0.9, len(rows), at_most=False)

    def _paraphrases(self) -> Iterator[Line]:
        rows = self.cases.paraphrases
        credit = self.ratio(rows, lambda case: case.paraphrase, lambda case: case.textbook)
        fooled = self.ratio(rows, lambda case: case.distractor, lambda case: case.textbook)
        goal = PARAPHRASE_CREDIT.get(self.channels)
        yield Line("paraphrase / textbook", credit, goal, len(rows), at_most=False)
        yield Line("distractor / textbook", fooled, None, len(rows))
        wins = average(self._wins(case) for case in rows)
        yield Line("paraphrase beats distractor", wins, 0.65, len(rows), at_most=False)

    def _wins(self, case: Paraphrase) -> float:
        """1 for a paraphrase above its distractor, a half for a tie."""
        said = self.points(case, case.paraphrase)
        fooled = self.points(case, case.distractor)
        return (said > fooled) + (said == fooled) / 2

    def _pairs(self) -> Iterator[Line]:
        rows = self.cases.pairs
        above = average(self.points(case, case.good) > self.points(case, case.bad) for case in rows)
        yield Line("good above bad, equal length", above, 0.95, len(rows), at_most=False)

    def _scale(self) -> Iterator[Line]:
        long = [case for case in self.cases.honest if len(case.text.split()) >= LONG]
        ranked = sorted((self.points(case, case.text) for case in long), reverse=True)
        whole, count = average(ranked), len(ranked)
        best = average(ranked[: max(1, count // 10)])
        yield Line("honest steps, mean points", whole, 50, count, at_most=False)
        yield Line("honest steps, mean points (not above)", whole, 65, count)
        yield Line("honest steps, best tenth", best, 78, count, at_most=False)

    def _wrong_problem(self) -> Line:
        """What honest designs keep that are handed in for another problem."""
        whole = designs(self.cases.honest)
        own = [self._total(problem, notes) for problem, notes in whole.items()]
        moved = [
            average(self._total(other, notes) for other in others(problem, list(whole)))
            for problem, notes in whole.items()
        ]
        kept = _sum(moved) / _sum(own) if len(whole) > 1 and _sum(own) else None
        return Line("wrong problem, kept", kept, 0.75, len(whole))

    def _total(self, problem: str, notes: Mapping[str, str]) -> float:
        return mean(self.score(problem, notes).values())

    def _style(self) -> Iterator[Line]:
        """Points that a harmless change moves a step by, up or down."""
        moved: dict[str, list[float]] = {}
        for case in self.cases.style:
            plain = self.points(case, case.variants["plain"])
            for name, text in case.variants.items():
                if name != "plain":
                    moved.setdefault(name, []).append(abs(self.points(case, text) - plain))
        for name, changes in moved.items():
            yield Line(f"style: {name}, points moved", mean(changes), STYLE_POINTS, len(changes))

    def ratio(
        self,
        rows: Sequence[AnyCase],
        part: Callable[[AnyCase], str],
        whole: Callable[[AnyCase], str],
    ) -> float | None:
        """Points of one text of each case, all together, against those of another."""
        below = sum(self.points(case, whole(case)) for case in rows)
        return sum(self.points(case, part(case)) for case in rows) / below if below else None


def trial_of(half: str, channels: str) -> Trial:
    """Of the engine."""
    return Trial(cases(half), channels, partial(scorer.step_points, channels))


def by_kind(attacks: Iterable[Attack]) -> dict[str, list[Attack]]:
    """Kinds that have a goal come first, also those without cases."""
    found: dict[str, list[Attack]] = {kind: [] for kind in ATTACKS}
    for case in attacks:
        found.setdefault(case.kind, []).append(case)
    return found


def designs(honest: Iterable[Honest]) -> dict[str, dict[str, str]]:
    """Notes by step of each problem; where there are several answers to a step, the first."""
    found: dict[str, dict[str, str]] = {}
    for case in honest:
        found.setdefault(case.problem, {}).setdefault(case.step, case.text)
    return found


def others(problem: str, problems: Sequence[str]) -> list[str]:
    """The problems after this one, in a ring."""
    at = problems.index(problem)
    ring = [*problems[at + 1 :], *problems[:at]]
    return ring[:OTHER_PROBLEMS]


def average(values: Iterable[float]) -> float | None:
    found = list(values)
    return mean(found) if found else None


def _sum(values: Iterable[float | None]) -> float:
    return sum(value for value in values if value is not None)
