"""How well does a free text answer a reference text? Shared words, weighted; denial in mind."""

import math
from collections.abc import Sequence
from typing import Final

from apps.scoring.engine.lexicon import FUNCTION, HOLLOW, MEANT
from apps.scoring.engine.negation import negated_spans
from apps.scoring.engine.word_order import fluency_of, order_worth
from apps.scoring.engine.words import Token, stem, tokens_of

# A word that the question gives away says little; words that are alike count in part.
FROM_QUESTION: Final = 0.25
HOLLOW_WORD: Final = 0.5
ALIKE: Final = 0.6
# Covering the reference matters more than saying nothing else.
RECALL: Final = 0.8
REFERENCE_SHARE: Final = 0.7
DENIED: Final = 0.3
# So many words with hardly a small one among them are a heap, not an answer.
HEAP_WORDS: Final = 8
JOINED: Final = 0.1
HEAP_KEEPS: Final = 0.5

_HOLLOW_STEMS: Final = frozenset(stem(word) for word in HOLLOW)


def match(question: str, reference: str, criteria: Sequence[str], answer: str) -> float:
    """0..1, rounded to four places."""
    asked = {token.stem for token in tokens_of(question) if token.is_content}
    said = _said(answer)
    if not said:
        return 0.0
    whole = _likeness(_weights(reference, asked), said, asked)
    points = [_covered(_weights(point, asked), said) for point in criteria if point.strip()]
    if points:
        whole = REFERENCE_SHARE * whole + (1 - REFERENCE_SHARE) * math.fsum(points) / len(points)
    return round(min(1.0, max(0.0, whole * _wording(answer))), 4)


def _wording(answer: str) -> float:
    """1 for sentences and for short notes, less for a heap of words."""
    words = [token.word for token in tokens_of(answer)]
    if len(words) < HEAP_WORDS:
        return 1.0
    joined = sum(word in FUNCTION for word in words) / len(words)
    return HEAP_KEEPS if joined < JOINED else max(HEAP_KEEPS, order_worth(fluency_of(answer)))


def _said(answer: str) -> dict[str, float]:
    """Stem -> 1, or less where it is denied."""
    tokens = tokens_of(answer)
    spans = negated_spans(tokens, answer)
    said: dict[str, float] = {}
    for place, token in enumerate(tokens):
        if _counts(token):
            denied = any(start <= place < end for start, end in spans)
            said[token.stem] = max(said.get(token.stem, 0.0), DENIED if denied else 1.0)
    return said


def _weights(text: str, asked: set[str]) -> dict[str, float]:
    """What the reference denies is expected to be denied: its words keep their weight."""
    return {
        token.stem: (FROM_QUESTION if token.stem in asked else 1.0)
        * (HOLLOW_WORD if token.stem in _HOLLOW_STEMS else 1.0)
        * (1.0 + 0.05 * min(len(token.stem), 10))
        for token in tokens_of(text)
        if _counts(token)
    }


def _counts(token: Token) -> bool:
    return token.is_content or token.is_number or token.word in MEANT


def _likeness(wanted: dict[str, float], said: dict[str, float], asked: set[str]) -> float:
    recall = _covered(wanted, said)
    own = {word: weight for word, weight in said.items() if word not in asked}
    precision = _covered(own, dict.fromkeys(wanted, 1.0)) if own else 0.0
    if recall + precision == 0:
        return 0.0
    return math.pow(recall, RECALL) * math.pow(precision, 1 - RECALL)


def _covered(wanted: dict[str, float], said: dict[str, float]) -> float:
    total = math.fsum(wanted.values())
    if not total:
        return 0.0
    return math.fsum(weight * _best(word, said) for word, weight in wanted.items()) / total


def _best(word: str, said: dict[str, float]) -> float:
    if word in said:
        return said[word]
    grams = _trigrams(word)
    likeness = max((_dice(grams, _trigrams(other)) for other in said), default=0.0)
    return 0.8 * likeness if likeness >= ALIKE else 0.0


def _trigrams(word: str) -> frozenset[str]:
    padded = f"^{word}$"
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / (len(left) + len(right))
