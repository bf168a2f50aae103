"""Which texts were written to try the engine on? Read from `cases/`, checked, in two halves.

`tuning` is what the engine may be improved with. `checking` is read by nobody who changes the
engine: only its totals are printed. Texts from before there were halves count as tuning, but the
paraphrases of `held-out.yaml`, which were never used to improve anything, as checking.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml

from tests.scoring.evaluation.corpus import texts

HERE: Final = Path(__file__).parent / "cases"
HALVES: Final = ("tuning", "checking")
OLD_PARAPHRASES: Final = {"tuning": "paraphrases", "checking": "held-out"}
# The older texts name no problem; they were tried on this one.
OLD_PROBLEM: Final = "rank-ads"


@dataclass(frozen=True, slots=True)
class Case:
    """A text for one step of one problem of the bank. Ids are unique over both halves."""

    id: str
    step: str
    problem: str


@dataclass(frozen=True, slots=True)
class Attack(Case):
    """honest: a real answer of similar length to the same step and problem."""

    kind: str
    text: str
    honest: str


@dataclass(frozen=True, slots=True)
class Paraphrase(Case):
    """A thought in textbook and in everyday words, and the textbook's words without it."""

    criterion: str
    textbook: str
    paraphrase: str
    distractor: str


@dataclass(frozen=True, slots=True)
class Negation(Case):
    """Said, refused, and said in words that hold a harmless "not"."""

    affirmed: str
    negated: str
    benign: str


@dataclass(frozen=True, slots=True)
class OrderedPair(Case):
    """Two answers of the same length."""

    good: str
    bad: str


@dataclass(frozen=True, slots=True)
class Honest(Case):
    """An answer of 150 words or more, as people write."""

    text: str


@dataclass(frozen=True, slots=True)
class Style(Case):
    """The same content in several forms; `plain` is the one that the others are held against."""

    variants: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cases:
    half: str
    attacks: tuple[Attack, ...]
    paraphrases: tuple[Paraphrase, ...]
    negations: tuple[Negation, ...]
    pairs: tuple[OrderedPair, ...]
    honest: tuple[Honest, ...]
    style: tuple[Style, ...]

    def __iter__(self) -> Iterator[Case]:
        for kind in (self.attacks, self.paraphrases, self.negations):
            yield from kind
        for other in (self.pairs, self.honest, self.style):
            yield from other


@cache
def cases(half: str) -> Cases:
    """Files that are not there yet have no cases. Raises ValueError for a case that is not one."""
    return Cases(
        half,
        _rows(half, "attacks", Attack),
        _rows(half, "paraphrases", Paraphrase) + tuple(_old_paraphrases(half)),
        _rows(half, "negations", Negation) + tuple(_old_negations(half)),
        _rows(half, "pairs", OrderedPair),
        _rows(half, "honest", Honest),
        _rows(half, "style", Style),
    )


AnyCase = TypeVar("AnyCase", bound=Case)


def _rows(half: str, name: str, kind: type[AnyCase]) -> tuple[AnyCase, ...]:
    path = HERE / half / f"{name}.yaml"
    if not path.exists():
        return ()
    data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or []
    return tuple(_case(path, number, row, kind) for number, row in enumerate(data, start=1))


def _case(path: Path, number: int, row: Any, kind: type[AnyCase]) -> AnyCase:
    wanted = {field.name for field in fields(kind)}
    if set(row) != wanted:
        which = row.get("id", f"number {number}")
        raise ValueError(f"{path}: case {which} has the keys {sorted(row)}, not {sorted(wanted)}")
    return kind(**row)


def _old_paraphrases(half: str) -> Iterator[Paraphrase]:
    name = OLD_PARAPHRASES[half]
    for number, row in enumerate(texts(name), start=1):
        yield Paraphrase(f"{name}-{number}", problem=OLD_PROBLEM, criterion="", **row)


def _old_negations(half: str) -> Iterator[Negation]:
    if half == "tuning":
        for number, row in enumerate(texts("negations"), start=1):
            yield Negation(f"negations-{number}", problem=OLD_PROBLEM, **row)
