"""May a unit count as evidence? Guards, each worth a factor and a reason a machine can read.

What is written must say something of its own: words copied from the rubric or the problem, lists of
terms, one frame filled again and again, and words that form no sentence do not.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from apps.scoring.engine import lexicon
from apps.scoring.engine.annotate import Annotated
from apps.scoring.engine.rubric import MAX_PHRASE, Rubric
from apps.scoring.engine.words import content_stems

# A unit is a copy when this share of its content words stands in the same order in a template.
COPIED: Final = 0.6
RUN: Final = 3
# A unit belongs to another step when that step's phrases outweigh its own step's by so much.
OUTWEIGHS: Final = 1.6
HEAD: Final = 4


@dataclass(frozen=True, slots=True)
class Quality:
    """factor: 0..1; reasons: why it is below 1."""

    factor: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Surroundings:
    """What a unit is compared with: templates, the problem statement, the rest of the document."""

    templates: frozenset[tuple[str, ...]]
    prompt: frozenset[tuple[str, ...]]
    frames: Counter[tuple[str, ...]] = field(default_factory=Counter)
    texts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    seen: set[tuple[str, ...]] = field(default_factory=set)


def runs_of(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Every run of three content words in the texts."""
    return frozenset(run for text in texts for run in _runs(content_stems(text)))


def survey(units: Iterable[Annotated], around: Surroundings) -> None:
    """Counts the frames of the whole document, before any unit is judged."""
    for unit in units:
        for frame in _frames(unit):
            around.frames[frame] += 1


def judge(unit: Annotated, step: str, rubric: Rubric, around: Surroundings) -> Quality:
    factor = 1.0
    reasons = []
    for reason, worth in _guards(unit, step, rubric, around):
        if worth < 1:
            factor *= worth
            reasons.append(reason)
    return Quality(round(factor, 4), tuple(reasons))


def _guards(
    unit: Annotated, step: str, rubric: Rubric, around: Surroundings
) -> Iterable[tuple[str, float]]:
    stems = [token.stem for token in unit.tokens if token.is_content]
    yield "TEMPLATE_COPY", _copy(stems, around.templates)
    yield "PROMPT_COPY", _copy(stems, around.prompt)
    yield "DUPLICATE", _duplicate(unit, around)
    yield "LIST", _list(unit)
    yield "FRAME", _frame(unit, around)
    yield "NO_SPECIFICS", _specifics(unit, rubric)
    yield "SALAD", _salad(unit)
    yield "OTHER_STEP", _other_step(unit, step, rubric)
    yield "QUESTION", 0.4 if unit.is_question else 1.0


def _runs(stems: list[str]) -> list[tuple[str, ...]]:
    return [tuple(stems[start : start + RUN]) for start in range(len(stems) - RUN + 1)]


def _copy(stems: list[str], templates: frozenset[tuple[str, ...]]) -> float:
    covered: set[int] = set()
    for start, run in enumerate(_runs(stems)):
        if run in templates:
            covered.update(range(start, start + RUN))
    share = len(covered) / len(stems) if stems else 0.0
    if share >= COPIED:
        return 0.0
    return 1.0 if share < COPIED / 2 else 1 - share


def _duplicate(unit: Annotated, around: Surroundings) -> float:
    words = tuple(token.stem for token in unit.tokens)
    if words in around.seen:
        return 0.0
    around.seen.add(words)
    return 1.0


def _list(unit: Annotated) -> float:
    """Terms with nothing said about them: too short, no grammar, or commas between bare terms."""
    count = len(unit.words)
    if count < 4:
        return 0.55 if unit.figures else 0.15
    joined = sum(word in lexicon.FUNCTION for word in unit.words) / count
    if unit.figures or unit.reasons:
        return 1.0 if joined >= 0.05 else 0.8
    if joined == 0:
        return 0.2 if unit.unit.kind != "row" else 0.5
    if joined < 0.15 and _enumerates(unit.unit.clean):
        return 0.3
    return 0.3 if joined < 0.3 and _crowded(unit) else 1.0


def _enumerates(text: str) -> bool:
    parts = [part.split() for part in re.split(r"[,;/|•·]", text)]
    return len(parts) >= 4 and sum(map(len, parts)) / len(parts) <= 2.5


def _crowded(unit: Annotated) -> bool:
    """Nearly every content word is a phrase of the rubric, and they belong to many facets."""
    covered = _covered(unit)
    content = [place for place, token in enumerate(unit.tokens) if token.is_content]
    inside = sum(place in covered for place in content)
    facets = {hit.facet for hit in unit.hits if hit.strength > 0.5}
    return len(facets) >= 4 and inside >= 0.8 * len(content)


def _covered(unit: Annotated) -> set[int]:
    """Places of the rubric's own phrases; a prototype is spread out and covers nothing."""
    return {
        place
        for hit in unit.hits
        if hit.end - hit.start <= MAX_PHRASE
        for place in range(hit.start, hit.end)
    }


def _frames(unit: Annotated) -> set[tuple[str, ...]]:
    """What is left when terms and figures are taken out: the whole, its head and its tail."""
    covered = _covered(unit)
    left = [
        token.stem
        for place, token in enumerate(unit.tokens)
        if place not in covered and not token.is_number
    ]
    if len(left) < HEAD:
        return {("whole", *left)} if len(left) == HEAD - 1 else set()
    return {("whole", *left), ("head", *left[:HEAD]), ("tail", *left[-HEAD:])}


def _frame(unit: Annotated, around: Surroundings) -> float:
    counts = {frame[0]: around.frames[frame] for frame in _frames(unit)}
    head, tail = counts.get("head", 0), counts.get("tail", 0)
    if counts.get("whole", 0) >= 3 or (head >= 3 and tail >= 3):
        return 0.15
    if counts.get("whole", 0) == 2 or tail >= 3 or head >= 5:
        return 0.45
    return 0.75 if head >= 3 else 1.0


def _specifics(unit: Annotated, rubric: Rubric) -> float:
    """Something beside the rubric's own phrases and words of praise: a name, a figure, a thing."""
    covered = _covered(unit)
    own = {
        token.stem
        for place, token in enumerate(unit.tokens)
        if place not in covered and token.is_content and token.stem not in rubric.hollow
    }
    weight = len(own) + unit.names + min(2, len(unit.figures)) + 2 * unit.entities
    return {0: 0.3, 1: 0.6, 2: 0.85}.get(weight, 1.0)


def _salad(unit: Annotated) -> float:
    """Function words follow rules; thrown together they break them: "of the is", "to and with"."""
    words = unit.words
    if len(words) < 6:
        return 1.0
    broken = sum(map(_breaks, words, words[1:])) + (words[-1] in _OPEN)
    share = broken / len(words)
    if broken >= 2 and share > 0.07:
        return 0.1
    if broken >= 2 or share > 0.07:
        return 0.5
    return 1.0


# What cannot follow, by the kind of the word before.
_ENDINGS: Final = lexicon.AUXILIARIES | lexicon.CONJUNCTIONS | {"of", "than"}
_OPENERS: Final = lexicon.DETERMINERS - {"this", "these", "his", "her", "each"}
_OPEN: Final = _OPENERS | lexicon.CONJUNCTIONS
_BROKEN: Final[tuple[tuple[frozenset[str], frozenset[str]], ...]] = (
    (
        _OPENERS,
        (lexicon.PREPOSITIONS | lexicon.PRONOUNS | lexicon.DETERMINERS | _ENDINGS)
        - {"over", "under", "between"},
    ),
    (
        lexicon.PREPOSITIONS - {"on", "in", "before"},
        (_ENDINGS | {"we", "they", "i", "he", "because", "if"}) - {"do", "than"},
    ),
    (lexicon.CONJUNCTIONS, (lexicon.CONJUNCTIONS - {"but"}) | {"of"}),
    (
        lexicon.AUXILIARIES - {"have", "do", "can", "will"},
        frozenset(("of", "is", "are", "was", "were", "or", "and")),
    ),
    (
        frozenset(("we", "they", "i")),
        lexicon.PREPOSITIONS | lexicon.DETERMINERS | lexicon.CONJUNCTIONS,
    ),
)


def _breaks(left: str, right: str) -> bool:
    """May these two words not stand side by side in a sentence?"""
    return any(left in before and right in after for before, after in _BROKEN)


def _other_step(unit: Annotated, step: str, rubric: Rubric) -> float:
    weights = step_weights(unit, rubric)
    own = weights.get(step, 0.0)
    other = max((weight for name, weight in weights.items() if name != step), default=0.0)
    return 0.5 if other > own * OUTWEIGHS + 0.5 else 1.0


def step_weights(unit: Annotated, rubric: Rubric) -> dict[str, float]:
    """How much of each step is in the unit: its strongest hit of every facet, added up."""
    best: dict[int, float] = {}
    for hit in unit.hits:
        best[hit.facet] = max(best.get(hit.facet, 0.0), hit.strength)
    weights: dict[str, float] = {}
    for facet, strength in best.items():
        step = rubric.facets[facet].step
        weights[step] = weights.get(step, 0.0) + strength
    return weights
