"""Which cases of the tuning half go most wrong? For whoever improves the engine."""

from collections.abc import Iterator
from typing import Final

from tests.scoring.evaluation.acceptance import Trial

SHOWN: Final = 8  # of each kind


def worst_cases(trial: Trial) -> Iterator[str]:
    """Raises ValueError for the checking half, whose cases nobody looks at."""
    if trial.cases.half != "tuning":
        raise ValueError(f"cases of the {trial.cases.half} half are not to be seen")
    yield f"worst cases, {trial.channels}"
    yield from _ranked("attacks, points kept of honest", _attacks(trial))
    yield from _ranked("negated, points of affirmed", _negated(trial))
    yield from _ranked("benign, points lost", _benign(trial))
    yield from _ranked("paraphrase, points below textbook", _paraphrases(trial))
    yield from _ranked("pairs, bad above good", _pairs(trial))
    yield from _ranked("style, points moved", _style(trial))


Row = tuple[float, str]


def _ranked(title: str, rows: Iterator[Row]) -> Iterator[str]:
    yield f"  {title}"
    for badness, told in sorted(rows, reverse=True)[:SHOWN]:
        yield f"    {badness:7.2f}  {told}"


def _attacks(trial: Trial) -> Iterator[Row]:
    for case in trial.cases.attacks:
        got, honest = trial.points(case, case.text), trial.points(case, case.honest)
        yield got / max(honest, 1), f"{case.kind} {case.id}: {got:.0f} of {honest:.0f}"


def _negated(trial: Trial) -> Iterator[Row]:
    for case in trial.cases.negations:
        got, said = trial.points(case, case.negated), trial.points(case, case.affirmed)
        yield got / max(said, 1), f"{case.id}: {got:.0f} of {said:.0f}"


def _benign(trial: Trial) -> Iterator[Row]:
    for case in trial.cases.negations:
        got, said = trial.points(case, case.benign), trial.points(case, case.affirmed)
        yield said - got, f"{case.id}: {got:.0f} of {said:.0f}"


def _paraphrases(trial: Trial) -> Iterator[Row]:
    for case in trial.cases.paraphrases:
        got, said = trial.points(case, case.paraphrase), trial.points(case, case.textbook)
        yield said - got, f"{case.id}: {got:.0f} of {said:.0f}"


def _pairs(trial: Trial) -> Iterator[Row]:
    for case in trial.cases.pairs:
        good, bad = trial.points(case, case.good), trial.points(case, case.bad)
        yield bad - good, f"{case.id}: good {good:.0f}, bad {bad:.0f}"


def _style(trial: Trial) -> Iterator[Row]:
    for case in trial.cases.style:
        plain = trial.points(case, case.variants["plain"])
        for name, text in case.variants.items():
            got = trial.points(case, text)
            yield abs(got - plain), f"{case.id}, {name}: {got:.0f} of {plain:.0f}"
