"""The sums behind the panel's figures, as lines that people can check."""

from dataclasses import dataclass
from typing import Any

from apps.interviews.aggregation.trace import total_trace, trace_of
from apps.interviews.domain.panel import compare, submitted_cards
from apps.interviews.domain.queries.panel_rows import Panel


@dataclass(frozen=True)
class Line:
    name: str
    sum: str


@dataclass(frozen=True)
class CardSums:
    name: str
    lines: list[Line]
    total: str


@dataclass(frozen=True)
class Arithmetic:
    """total: of the panel, by the weights of this interview."""

    total: str
    cards: list[CardSums]


def arithmetic_of(panel: Panel) -> Arithmetic:
    """The caller checks that the asker may see the cards."""
    interview = panel.interview
    comparison = compare(interview, submitted_cards(interview), panel.words.rubric)
    result = comparison.of(interview.preset)
    names = {rater.id: rater.name for rater in panel.raters}
    return Arithmetic(
        total=str(total_trace(result.total)["sum"]),
        cards=[
            _sums(panel, names.get(rater, ""), trace_of(card))
            for rater, card in result.cards.items()
        ],
    )


def _sums(panel: Panel, name: str, trace: Any) -> CardSums:
    """Only what was added up: a level given to a step itself has no sum."""
    rows = [*trace["steps"], trace["cross"]]
    named = [(panel.words.name_of(row["id"]), row["sum"]) for row in rows if row["sum"]]
    return CardSums(name, [Line(*one) for one in named], trace["total"]["sum"])
