"""What does a unit say? Words, phrases of the rubric, figures, names, reasons, denied spans."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from apps.scoring.engine.lexicon import (
    ARTICLES,
    CONTRASTS,
    FUNCTION,
    NUMBER_WORDS,
    REASONS,
    UNITS,
    WEIGHING,
)
from apps.scoring.engine.negation import negated_spans
from apps.scoring.engine.rubric import (
    MAX_PHRASE,
    TOGETHER,
    TYPO_LETTERS,
    Rubric,
    Stems,
    Together,
    deletions,
    denies,
)
from apps.scoring.engine.units import Unit
from apps.scoring.engine.word_order import fluency_of
from apps.scoring.engine.words import LONGEST_WORD, Token, stems_of, tokens_of

# A sentence is not longer than this, in words; the rest of one that is says nothing more.
LONGEST: Final = 200
# Words of one idea stand this close, in tokens.
NEAR: Final = 10
# A reason belongs to what stands this close to it.
REASON_NEAR: Final = 14
# A prototype is met when this much of it is said, by weight, in at least so many words.
PROTOTYPE_SHARE: Final = 0.4
PROTOTYPE_WORDS: Final = 3

# Prose has so many small words.
PROSE: Final = 0.2
# A word that no criterion knows is as rare as this.
RARE: Final = 4.3

BEFORE_FIGURES: Final = frozenset(("@", "k", "top", "least", "under", "above", "below"))
PERCENTILES: Final = frozenset(("p50", "p90", "p95", "p99"))

Channel: TypeAlias = Literal["lexical", "semantic"]
Span = tuple[int, int]
# A phrase and where it stands.
Place = tuple[Stems, int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """One facet shown by tokens start..end (end excluded). strength: 0..1.

    solid: a phrase of the rubric word for word, not words of it that stand near one another.
    channel: "lexical", or "semantic" for what a vector gave, which then also says how near it is
    (similarity). matched: the alias or prototype; "" for a phrase that stands there word for word.
    """

    facet: int
    start: int
    end: int
    strength: float
    solid: bool
    negated: bool
    channel: Channel = "lexical"
    matched: str = ""
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """words: all of them; tokens: without articles; figures, reasons: places among the tokens.

    wording: units with the same one say the same. covered: the places of the rubric's own phrases.
    denied: spans of tokens under a negation.
    numbers: with a digit, or in letters before a unit; weighings: words that weigh one thing
    against another. said: stems of its words of content that are not denied; rarity: theirs,
    added up. hollow: share of its words of content that say nothing about any one design.
    fluency: of `word_order`; None where it cannot be told.
    """

    unit: Unit
    words: tuple[str, ...]
    tokens: list[Token]
    hits: list[Hit]
    figures: list[int]
    reasons: list[int]
    names: int
    entities: int
    is_question: bool
    wording: Stems
    covered: frozenset[int]
    denied: list[Span]
    numbers: int
    weighings: int
    said: tuple[str, ...]
    rarity: float
    hollow: float
    fluency: float | None

    def reason_near(self, hit: Hit) -> bool:
        return any(
            hit.start - REASON_NEAR <= place <= hit.end + REASON_NEAR for place in self.reasons
        )


def annotate(unit: Unit, rubric: Rubric, entities: frozenset[str]) -> Annotated:
    all_tokens = tokens_of(unit.clean, LONGEST)
    tokens = [token for token in all_tokens if token.word not in ARTICLES]
    stems = [_mended(token.stem, rubric) for token in tokens]
    places = _phrases(stems, rubric)
    negated = negated_spans(tokens, unit.clean)
    phrases = _phrase_hits(places, rubric, negated)
    said = _said(tokens, stems, negated)
    return Annotated(
        unit,
        tuple(token.word for token in all_tokens),
        tokens,
        [
            *phrases,
            *_together_hits(places, rubric, negated),
            *_prototype_hits(tokens, said, rubric),
        ],
        _figures(tokens),
        _reasons(stems),
        sum(one in rubric.names for one in dict.fromkeys(stems)),
        sum(one in entities for one in dict.fromkeys(stems)),
        unit.clean.rstrip().endswith("?"),
        tuple(token.stem for token in tokens),
        frozenset(place for hit in phrases for place in range(hit.start, hit.end)),
        negated,
        sum(_is_number(tokens, place) for place in range(len(tokens))),
        sum(token.word in WEIGHING for token in all_tokens),
        said,
        math.fsum(rubric.lookup.rarity.get(word, RARE) for word in said),
        _hollow(tokens, rubric),
        fluency_of(unit.clean) if _is_prose(all_tokens) else None,
    )


def _mended(word: str, rubric: Rubric) -> str:
    """A long word one letter away from a word of the rubric is taken for it."""
    lookup = rubric.lookup
    if word in lookup.vocabulary or not word.isalpha():
        return word
    if not TYPO_LETTERS - 1 <= len(word) <= LONGEST_WORD:
        return word
    if word in lookup.typos:
        return lookup.typos[word]
    return _one_letter_more(word, rubric) if len(word) > TYPO_LETTERS else word


def _one_letter_more(word: str, rubric: Rubric) -> str:
    """A letter too many, or one changed or swapped: both leave the same word with one missing."""
    lookup = rubric.lookup
    for short in sorted(deletions(word)):
        if short in lookup.vocabulary:
            return short
        meant = lookup.typos.get(short, "")
        if len(meant) == len(word):
            return meant
    return word


def _phrases(stems: list[str], rubric: Rubric) -> list[Place]:
    table, longest = rubric.lookup.phrases, rubric.lookup.longest
    found = []
    for start, first in enumerate(stems):
        most = min(MAX_PHRASE, longest.get(first, 0), len(stems) - start)
        for end in range(start + 1, start + most + 1):
            phrase = tuple(stems[start:end])
            if phrase in table:
                found.append((phrase, start, end))
    return found


def _phrase_hits(places: list[Place], rubric: Rubric, negated: list[Span]) -> list[Hit]:
    return [
        Hit(facet, start, end, strength, True, not denies(phrase) and _inside(start, end, negated))
        for phrase, start, end in places
        for facet, strength in sorted(rubric.lookup.phrases[phrase].items())
    ]


def _together_hits(places: list[Place], rubric: Rubric, negated: list[Span]) -> list[Hit]:
    """Words that stand apart are denied together when one of them is."""
    where: dict[Stems, list[Span]] = {}
    for phrase, start, end in places:
        where.setdefault(phrase, []).append((start, end))
    present = frozenset(where)
    return [
        Hit(
            together.facet,
            start := min(span[0] for span in spans),
            end := max(span[1] for span in spans),
            TOGETHER,
            solid=False,
            negated=not together.denies and _touches(start, end, negated),
            matched=together.alias,
        )
        for phrase, firsts in where.items()
        for together in rubric.lookup.together.get(phrase, ())
        if not any(group.isdisjoint(present) for group in together.groups[1:])
        for first in firsts[:1]
        if (spans := _gathered(first, together, where))
    ]


def _gathered(first: Span, together: Together, where: dict[Stems, list[Span]]) -> list[Span]:
    """The first word and, of each further group, one near it; empty if a group has none."""
    spans = [first]
    for group in together.groups[1:]:
        near = _nearest(
            first, [span for one in sorted(group & where.keys()) for span in where[one]]
        )
        if near is None:
            return []
        spans.append(near)
    return spans


def _nearest(first: Span, spans: list[Span]) -> Span | None:
    start, end = first
    for low, high in spans:
        apart = low >= end or high <= start
        if apart and low - end <= NEAR and start - high <= NEAR:
            return low, high
    return None


def _said(tokens: list[Token], stems: list[str], negated: list[Span]) -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                one
                for place, one in enumerate(stems)
                if tokens[place].is_content and not _inside(place, place + 1, negated)
            }
        )
    )


def _prototype_hits(tokens: list[Token], said: tuple[str, ...], rubric: Rubric) -> list[Hit]:
    """The same idea in other words: enough of a prototype's words, in any order."""
    lookup = rubric.lookup
    common: dict[int, list[str]] = {}
    for word in {lookup.canonical(one) for one in said}:
        for place in lookup.with_word.get(word, ()):
            common.setdefault(place, []).append(word)
    found = []
    for place, words in sorted(common.items()):
        if len(words) < PROTOTYPE_WORDS:
            continue
        prototype = lookup.prototypes[place]
        share = math.fsum(lookup.idf[word] for word in words) / prototype.weight
        if share >= PROTOTYPE_SHARE:
            strength = round(min(0.85, 0.3 + 0.6 * share), 3)
            found.append(
                Hit(
                    prototype.facet,
                    0,
                    len(tokens),
                    strength,
                    solid=False,
                    negated=False,
                    matched=prototype.text,
                )
            )
    return found


def _is_prose(tokens: list[Token]) -> bool:
    """Short notes have few small words, whose order tells nothing."""
    return sum(token.word in FUNCTION for token in tokens) >= PROSE * len(tokens)


def _hollow(tokens: list[Token], rubric: Rubric) -> float:
    content = [token.stem for token in tokens if token.is_content]
    return sum(one in rubric.abstract for one in content) / len(content) if content else 0.0


def _figures(tokens: list[Token]) -> list[int]:
    """Numbers that count something: "200 ms", "p95", "500 candidates", "two weeks", "@10"."""
    return [place for place in range(len(tokens)) if _is_figure(tokens, place)]


def _is_figure(tokens: list[Token], place: int) -> bool:
    token = tokens[place]
    after = tokens[place + 1].word if place + 1 < len(tokens) else ""
    before = tokens[place - 1].word if place else ""
    if token.is_number:
        return _is_unit(after) or before in BEFORE_FIGURES or "." in token.word
    return token.word in PERCENTILES or (token.word in NUMBER_WORDS and _is_unit(after))


def _is_number(tokens: list[Token], place: int) -> bool:
    """With a digit, or in letters before what is measured: "two percent", "twelve weeks"."""
    word = tokens[place].word
    after = tokens[place + 1].word if place + 1 < len(tokens) else ""
    return any(char.isdigit() for char in word) or (word in NUMBER_WORDS and after in UNITS)


def _is_unit(word: str) -> bool:
    return word in UNITS or (len(word) >= 4 and word.endswith("s") and word.isalpha())


def _reasons(stems: list[str]) -> list[int]:
    cues = _reason_cues()
    return [
        start
        for start in range(len(stems))
        for length in (1, 2, 3, 4)
        if tuple(stems[start : start + length]) in cues
    ]


@lru_cache(maxsize=1)
def _reason_cues() -> frozenset[Stems]:
    """As the annotated text has them: without articles."""
    stems = (stems_of(cue) for cue in (*REASONS, *CONTRASTS))
    return frozenset(tuple(one for one in cue if one not in ARTICLES) for cue in stems)


def _inside(start: int, end: int, spans: list[Span]) -> bool:
    return any(low <= start and end <= high for low, high in spans)


def _touches(start: int, end: int, spans: list[Span]) -> bool:
    return any(low < end and start < high for low, high in spans)
