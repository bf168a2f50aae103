"""How sure is a rating, and when is it better not to give one? Confidence, and doubts.

    confidence = margin x agreement x quality x extent

margin: how much would have to change for another level. agreement: do the channels that speak of
it (words, vectors, board) say the same? quality: how strong is the evidence? extent: how much is
there to judge the step by? A doubt says what a
person should look at before the rating is believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from apps.core.json import JsonObject
from apps.scoring.engine import lexicon
from apps.scoring.engine.evidence import Found, Showing
from apps.scoring.engine.ground import Ground, Judged
from apps.scoring.engine.levels import JUSTIFIED, SPECIFIED, OnBoard, Rating
from apps.scoring.engine.rubric import Rubric
from apps.scoring.engine.units import is_read_whole
from apps.scoring.engine.words import content_stems, stem

# Without a line that counts: surer when nothing was found than when guards refused what was.
NOTHING_FOUND: Final = 0.7
ONLY_REFUSED: Final = 0.5
NOT_ASKED_FOR: Final = 0.8
LEFT_OUT: Final = 0.6
# What is left at the limit of a level, and how far from it the level is safe, on its scale.
AT_THE_LIMIT: Final = 0.5
FAR: Final = 0.5
# One channel alone; two that disagree.
ALONE: Final = 0.9
AT_ODDS: Final = 0.8
# Evidence that is only just valid leaves this much.
WEAKEST: Final = 0.6
# A step with hardly a word leaves this much, and one with so many that stand takes nothing away.
SCANT: Final = 0.6
AMPLE_WORDS: Final = 60

# Doubts, and when they arise.
GUARDED: Final = "GUARDED"
WEAK_VECTORS: Final = "WEAK_VECTORS"
UNKNOWN_LANGUAGE: Final = "UNKNOWN_LANGUAGE"
TOO_LONG: Final = "TOO_LONG"
REFUSED_SHARE: Final = 0.5
REFUSED_BELOW: Final = 0.5
KNOWN_SHARE: Final = 0.6
WEAK_VECTOR: Final = 0.7
# Shorter texts tell too little for a doubt.
TELLING_LETTERS: Final = 20


@dataclass(frozen=True, slots=True)
class Confidence:
    margin: float
    agreement: float = 1.0
    quality: float = 1.0
    extent: float = 1.0

    def as_json(self) -> JsonObject:
        return {
            "margin": self.margin,
            "agreement": self.agreement,
            "quality": self.quality,
            "extent": self.extent,
        }

    @property
    def value(self) -> float:
        return round(self.margin * self.agreement * self.quality * self.extent, 2)


def confidence_of(rating: Rating | None, found: Found) -> Confidence:
    """rating: None for a criterion that the problem does not ask for."""
    if rating is None:
        return Confidence(NOT_ASKED_FOR)
    if rating.level is None:
        return Confidence(ONLY_REFUSED if found.refused else NOTHING_FOUND)
    if rating.level == 1:
        return Confidence(LEFT_OUT)
    return Confidence(
        _margin(rating),
        _agreement(rating.showings, rating.board),
        _quality(rating.showings),
        _extent(rating, found.ground),
    )


def doubts_of(rating: Rating | None, text: Sequence[str]) -> list[str]:
    """text: the doubts about the step's notes as a whole."""
    if rating is None:
        return []
    weak = [WEAK_VECTORS] if _rests_on_weak_vectors(rating) else []
    return [*text, *weak]


def doubts_about(
    notes: str, units: Sequence[Judged], rubric: Rubric, templates: tuple[str, ...]
) -> list[str]:
    """What makes a step's notes as a whole hard to rate."""
    long = [] if is_read_whole(notes, units) else [TOO_LONG]
    if sum(len(word) for one in units for word in one.unit.words) < TELLING_LETTERS:
        return long
    guarded = [GUARDED] if _is_mostly_refused(units) else []
    foreign = [UNKNOWN_LANGUAGE] if _is_foreign(units, rubric, templates) else []
    return [*guarded, *foreign, *long]


def _margin(rating: Rating) -> float:
    """From 0.5 for a reading at the limit of a level to 1 for one that is far from any."""
    if not rating.showings:
        return 1.0
    away = min(abs(rating.reading.value - limit) for limit in (SPECIFIED, JUSTIFIED))
    return round(AT_THE_LIMIT + (1 - AT_THE_LIMIT) * min(1.0, away / FAR), 4)


def _agreement(showings: Sequence[Showing], board: OnBoard) -> float:
    """Words, vectors and board: two that show it agree; the board is no witness where it is not
    asked."""
    channels = {hit.channel for one in showings for hit in one.hits if hit.facet in one.facets}
    if len(channels) + bool(board.shown) >= 2:
        return 1.0
    return AT_ODDS if showings and board.asked else ALONE


def _quality(showings: Sequence[Showing]) -> float:
    """The best line, from only just valid to certain. What the board shows is taken as it is."""
    best = max((showing.strength for showing in showings), default=1.0)
    return WEAKEST + (1 - WEAKEST) * min(1.0, max(0.0, 2 * best - 1))


def _extent(rating: Rating, ground: Ground) -> float:
    """Few words tell little of how a step is written. The board needs none."""
    if not rating.showings:
        return 1.0
    return round(SCANT + (1 - SCANT) * min(1.0, ground.words / AMPLE_WORDS), 4)


def _rests_on_weak_vectors(rating: Rating) -> bool:
    if not rating.showings or rating.board.shown:
        return False
    return all(showing.strength < WEAK_VECTOR and showing.by_vector for showing in rating.showings)


def _is_mostly_refused(units: Sequence[Judged]) -> bool:
    total = sum(len(one.unit.words) for one in units)
    refused = sum(len(one.unit.words) for one in units if one.quality.factor < REFUSED_BELOW)
    return refused > REFUSED_SHARE * total


def _is_foreign(units: Sequence[Judged], rubric: Rubric, templates: tuple[str, ...]) -> bool:
    tokens = [token for one in units for token in one.unit.tokens if not token.is_number]
    lookup, common = rubric.lookup, _common_words(templates)
    known = sum(
        token.word in lexicon.FUNCTION
        or token.stem in common
        or token.stem in lookup.vocabulary
        or token.stem in lookup.idf
        for token in tokens
    )
    return known < KNOWN_SHARE * len(tokens)


@lru_cache(maxsize=8)
def _common_words(texts: tuple[str, ...]) -> frozenset[str]:
    """Words that a text in English may well hold: of what everybody is given, and of every day."""
    return frozenset(word for text in texts for word in content_stems(text)).union(
        map(stem, (*lexicon.COMMON, *lexicon.HOLLOW, *lexicon.UNITS))
    )
