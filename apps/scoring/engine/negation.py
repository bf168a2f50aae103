"""Which words of a unit are denied? Spans of tokens under a negation.

Forward: from a cue ("no", "without", "we skip") to the end of the clause. Backward: from the start
of the clause to a phrase like "is left out". What only looks negative ("not only") denies nothing.
"""

from functools import lru_cache
from typing import Final

from apps.scoring.engine.lexicon import (
    ARTICLES,
    BACKWARD,
    CASES,
    CLAUSE_ENDS,
    NEGATORS,
    PSEUDO,
    RELATIVES,
)
from apps.scoring.engine.words import Token, stems_of

Span = tuple[int, int]
# A denial does not reach further than this, in tokens; "without" only to what comes next.
REACH: Final = 14
WITHOUT_REACH: Final = 5
# "Who do not see ...": a relative clause is short; a cue so soon after its first word is inside.
RELATIVE_REACH: Final = 5
INSIDE: Final = 5
# After a comma a denial goes on when it lists: "or", "nor", "and" come as soon as this.
LISTING: Final = 5
_BREAKS: Final = frozenset(";:!?()—–")


def negated_spans(tokens: list[Token], text: str) -> list[Span]:
    stems = [token.stem for token in tokens]
    # By the word: "not logged" is a fact about data, "we do not log" a refusal.
    pseudo = _matches([token.word for token in tokens], _pseudo())
    spans = []
    for place, token in enumerate(tokens):
        if token.word in NEGATORS and not _covered(place, pseudo):
            reach = _reach(tokens, text, place)
            if reach:
                spans.append((place, _clause_end(tokens, text, place + 1, reach)))
    for start, _ in _matches(stems, _phrases(BACKWARD)):
        if not any(_covered(place, pseudo) for place in (start, start + 1)):
            spans.append((_clause_start(tokens, text, start), start))
    return spans


def _reach(tokens: list[Token], text: str, place: int) -> int:
    """How far a cue may deny; 0 where it tells a case that may come: "if it does not answer"."""
    if tokens[place].word == "without":
        return WITHOUT_REACH
    for before in range(place - 1, max(-1, place - 1 - INSIDE), -1):
        if _breaks(text, tokens[before], tokens[before + 1]):
            break
        if tokens[before].word in CASES:
            return 0
        if tokens[before].word in RELATIVES:
            return RELATIVE_REACH
    return REACH


def _clause_end(tokens: list[Token], text: str, place: int, reach: int) -> int:
    first = place
    while place < len(tokens) and place - first < reach:
        if place > first and _ends_at(tokens, text, place):
            return place
        if tokens[place].word in CLAUSE_ENDS and place > first:
            return place
        place += 1
    return place


def _ends_at(tokens: list[Token], text: str, place: int) -> bool:
    """Does a denial that comes from before end here? At a comma it does, unless it lists on."""
    if _breaks(text, tokens[place - 1], tokens[place]):
        return True
    is_comma = "," in text[tokens[place - 1].end : tokens[place].start]
    lists_on = any(one.word in ("or", "nor", "and") for one in tokens[place : place + LISTING])
    return is_comma and not lists_on


def _clause_start(tokens: list[Token], text: str, place: int) -> int:
    last = place
    while place > 0 and last - place < REACH:
        if _breaks(text, tokens[place - 1], tokens[place]):
            return place
        if tokens[place - 1].word in CLAUSE_ENDS:
            return place
        place -= 1
    return place


def _breaks(text: str, left: Token, right: Token) -> bool:
    """A comma ends a clause unless it goes on listing: ", or", ", nor", a single word."""
    between = text[left.end : right.start]
    if any(char in _BREAKS for char in between):
        return True
    return "," in between and right.word in ("we", "it", "they", "the", "this", "i", "and", "so")


def _covered(place: int, spans: list[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


@lru_cache(maxsize=1)
def _pseudo() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(cue.split()) for cue in PSEUDO)


def _matches(words: list[str], phrases: frozenset[tuple[str, ...]]) -> list[Span]:
    return [
        (start, start + length)
        for start in range(len(words))
        for length in (1, 2, 3, 4)
        if start + length <= len(words) and tuple(words[start : start + length]) in phrases
    ]


@lru_cache(maxsize=4)
def _phrases(cues: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(one for one in stems_of(cue) if one not in ARTICLES) for cue in cues)
