"""Does a quote hold? Each is looked for where it is said to stand; what does not hold is dropped.

First the plain facts, here: it is there, word for word, long enough, no order to the judge, and
about the facet. Then the guards of the engine, in `engine.claimed`: not denied, not copied.
"""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from apps.core.json import JsonObject
from apps.scoring.engine.words import content_stems
from apps.scoring.judge.instructions import talks_to_the_judge
from apps.scoring.judge.prompt import COMPONENT, NOTES, StepAsked
from apps.scoring.judge.redaction import Redacted
from apps.scoring.judge.reply import Quote, Said

LEAST_WORDS: Final = 3
# A line that is quoted for more criteria than this is quoted for everything, and shows nothing.
MOST_CRITERIA: Final = 4
INVENTED: Final = "INVENTED"
OTHER_STEP: Final = "OTHER_STEP"
NO_COMPONENT: Final = "NO_COMPONENT"
NOT_ON_CARD: Final = "NOT_ON_CARD"
NO_QUOTE: Final = "NO_QUOTE"
TOO_SHORT: Final = "TOO_SHORT"
INSTRUCTION: Final = "INSTRUCTION"
UNRELATED: Final = "UNRELATED"
INDISCRIMINATE: Final = "INDISCRIMINATE"


@dataclass(frozen=True, slots=True)
class Sent:
    """What the quotes are held against: as it was sent, of all steps and cards.

    vocabulary: the content words of each facet, as stems. lines: where the sentences of the
    step stand in its raw notes, so that a part of an order to the judge is known for one.
    """

    asked: StepAsked
    notes: Mapping[str, Redacted]
    vocabulary: Mapping[str, frozenset[str]]
    lines: tuple[tuple[int, int], ...]
    raw: str


@dataclass(frozen=True, slots=True)
class Held:
    """A quote that stands where it is said to. start, end: in the raw notes; None on a card."""

    facet: str
    quote: Quote
    start: int | None = None
    end: int | None = None

    def as_json(self) -> JsonObject:
        row: JsonObject = {
            "facet": self.facet,
            "quote": self.quote.text,
            "source": self.quote.source,
        }
        if self.start is None:
            return {**row, "id": self.quote.id}
        return {**row, "step": self.quote.id, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Dropped:
    facet: str
    quote: str
    reason: str


def verify(said: Said, sent: Sent) -> tuple[list[Held], list[Dropped]]:
    """Every quote of every facet that is said to be shown: held, or dropped with its reason."""
    held: list[Held] = []
    dropped = [Dropped(facet, "", NO_QUOTE) for facet, quotes in said.shown.items() if not quotes]
    found = [_find(facet, quote, sent) for facet, quotes in said.shown.items() for quote in quotes]
    crowded = _crowded((one for one in found if isinstance(one, Held)), sent)
    for one in found:
        if isinstance(one, Dropped):
            dropped.append(one)
        elif reason := _objection(one, sent, crowded):
            dropped.append(Dropped(one.facet, one.quote.text, reason))
        else:
            held.append(one)
    return held, dropped


def _find(facet: str, quote: Quote, sent: Sent) -> Held | Dropped:
    """The quote where it is said to stand."""
    found = (
        _on_card(facet, quote, sent) if quote.source == COMPONENT else _in_notes(facet, quote, sent)
    )
    return Dropped(facet, quote.text, found) if isinstance(found, str) else found


def _crowded(held: Iterable[Held], sent: Sent) -> set[object]:
    """The lines and cards that are quoted for nearly everything."""
    criteria: dict[object, set[str]] = {}
    for one in held:
        criteria.setdefault(_place(one, sent), set()).add(one.facet.partition("/")[0])
    return {place for place, served in criteria.items() if len(served) > MOST_CRITERIA}


def _place(held: Held, sent: Sent) -> object:
    """The card, or the first line that it touches, or where it stands beside all lines."""
    start, end = held.start, held.end
    if start is None or end is None:
        return held.quote.id
    touched = (line for line in sent.lines if line[0] < end and start < line[1])
    return next(touched, (start, end))


def _objection(held: Held, sent: Sent, crowded: Container[object]) -> str:
    """Why a quote that is there shows nothing."""
    text = held.quote.text
    if held.quote.source == NOTES and len(text.split()) < LEAST_WORDS:
        return TOO_SHORT
    if talks_to_the_judge(_surroundings(held, sent)):
        return INSTRUCTION
    if _place(held, sent) in crowded:
        return INDISCRIMINATE
    return UNRELATED if sent.vocabulary[held.facet].isdisjoint(content_stems(text)) else ""


def _on_card(facet: str, quote: Quote, sent: Sent) -> Held | str:
    card = next((one for one in sent.asked.cards if one.id == quote.id), None)
    if card is None:
        return NO_COMPONENT
    written = (_fold(card.name), _fold(card.notes))
    wanted = _fold(quote.text)
    return Held(facet, quote) if wanted and any(wanted in one for one in written) else NOT_ON_CARD


def _in_notes(facet: str, quote: Quote, sent: Sent) -> Held | str:
    if quote.id != sent.asked.step:
        return OTHER_STEP
    own = sent.notes[quote.id]
    span = _search(quote.text, own.text)
    if span is None:
        elsewhere = any(
            _search(quote.text, notes.text)
            for step, notes in sent.notes.items()
            if step != quote.id
        )
        return OTHER_STEP if elsewhere else INVENTED
    return Held(facet, quote, *own.raw_span(*span))


def _surroundings(held: Held, sent: Sent) -> str:
    """The whole sentences that a quote is cut from."""
    if held.start is None or held.end is None:
        return held.quote.text
    touched = [span for span in sent.lines if span[0] < held.end and held.start < span[1]]
    start = min((span[0] for span in touched), default=held.start)
    end = max((span[1] for span in touched), default=held.end)
    return sent.raw[min(start, held.start) : max(end, held.end)]


def _search(quote: str, text: str) -> tuple[int, int] | None:
    """The first place where the text holds the quote, whatever white space stands between."""
    words = quote.split()
    if not words:
        return None
    match = re.search(r"\s+".join(map(re.escape, words)), text)
    return match.span() if match else None


def _fold(text: str) -> str:
    return " ".join(text.split())
