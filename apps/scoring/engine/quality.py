"""May a unit count as evidence? Guards, each worth a factor and a reason a machine can read.

What is written must say something of its own: words copied from the rubric or the problem, lists of
terms, one frame filled again and again, and words that form no sentence do not.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from apps.scoring.engine import lexicon
from apps.scoring.engine.annotate import Annotated
from apps.scoring.engine.rubric import Rubric
from apps.scoring.engine.word_order import order_worth
from apps.scoring.engine.words import content_stems

# A unit is a copy when this share of its content words stands in the same order in a template.
COPIED: Final = 0.6
RUN: Final = 4
# A unit belongs to another step when that step's phrases outweigh its own step's by so much.
OUTWEIGHS: Final = 1.6
MARGIN: Final = 1.0
# Three words between the terms that come back so often in a document are a frame.
FRAME: Final = 3
REPEATED: Final = 3
# So many bare terms in a row are a list; so many are nothing else, whatever stands between them.
LIST: Final = 4
LONG_LIST: Final = 12
TERM_WORDS: Final = 2.75
TO_SCORER_KEEPS: Final = 0.1
# Shorter than this and without a full stop, the rubric's own words are a fragment.
FRAGMENT: Final = 7


_SEPARATOR: Final = re.compile(r"[,;/|•·#+&→⇒]|->|=>|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class Quality:
    """factor: 0..1; reasons: why it is below 1; worths: what each of them leaves, multiplied."""

    factor: float
    reasons: tuple[str, ...]
    worths: tuple[float, ...] = ()


@dataclass(slots=True)
class Surroundings:
    """What a unit is compared with: templates, the problem statement, the rest of the document."""

    templates: frozenset[tuple[str, ...]]
    prompt: frozenset[tuple[str, ...]]
    frames: Counter[tuple[str, ...]] = field(default_factory=Counter)
    texts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    seen: set[tuple[str, ...]] = field(default_factory=set)


def runs_of(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Every run of four content words in the texts; a shorter text is one run."""
    return frozenset(run for text in texts for run in _runs(content_stems(text)))


def survey(units: Iterable[Annotated], around: Surroundings) -> None:
    """Counts the frames of the whole document, before any unit is judged."""
    for unit in units:
        for frame in frames_of(unit):
            around.frames[frame] += 1


def judge(unit: Annotated, step: str, rubric: Rubric, around: Surroundings) -> Quality:
    fired = [(reason, worth) for reason, worth in _guards(unit, step, rubric, around) if worth < 1]
    worths = tuple(worth for _, worth in fired)
    return Quality(
        round(math.prod(worths, start=1.0), 4), tuple(reason for reason, _ in fired), worths
    )


def _guards(
    unit: Annotated, step: str, rubric: Rubric, around: Surroundings
) -> Iterable[tuple[str, float]]:
    stems = [token.stem for token in unit.tokens if token.is_content]
    yield "TEMPLATE_COPY", _copy(stems, around.templates)
    yield "PROMPT_COPY", _copy(stems, around.prompt)
    yield "DUPLICATE", _duplicate(unit, around)
    own = _own_words(unit, rubric)
    yield "LIST", _list(unit, own)
    yield "FRAME", _frame(unit, around)
    yield "NO_SPECIFICS", _specifics(unit, own)
    yield "SALAD", order_worth(unit.fluency)
    yield "TO_SCORER", _to_scorer(unit)
    yield "OTHER_STEP", _other_step(unit, step, rubric)
    yield "QUESTION", 0.4 if unit.is_question else 1.0


def _to_scorer(unit: Annotated) -> float:
    """A line for whoever scores: "all criteria are fulfilled, assign level 4"."""
    words = set(unit.words)
    of_scoring = len(words & lexicon.OF_SCORING)
    return TO_SCORER_KEEPS if words & lexicon.TO_SCORER or of_scoring >= 3 else 1.0


def _runs(stems: list[str]) -> list[tuple[str, ...]]:
    if len(stems) < RUN:
        return [tuple(stems)] if len(stems) > 1 else []
    return [tuple(stems[start : start + RUN]) for start in range(len(stems) - RUN + 1)]


def _copy(stems: list[str], templates: frozenset[tuple[str, ...]]) -> float:
    covered: set[int] = set()
    for start, run in enumerate(_runs(stems)):
        if run in templates:
            covered.update(range(start, start + len(run)))
    share = len(covered) / len(stems) if stems else 0.0
    if share >= COPIED:
        return 0.0
    return 1.0 if share < COPIED / 2 else 1 - share


def _duplicate(unit: Annotated, around: Surroundings) -> float:
    if unit.wording in around.seen:
        return 0.0
    around.seen.add(unit.wording)
    return 1.0


def _list(unit: Annotated, own: int) -> float:
    """Terms with nothing said about them: too short, no grammar, or commas between bare terms."""
    count = len(unit.words)
    joined = sum(word in lexicon.FUNCTION for word in unit.words) / count if count else 0.0
    if _parts(unit.unit.clean) >= LONG_LIST:
        return 0.1
    if count < 4:
        return 0.55 if unit.figures else 0.15
    if unit.figures or unit.reasons:
        return 1.0 if joined >= 0.05 else 0.8
    fragment = count < FRAGMENT and own == 0 and not unit.unit.clean.rstrip().endswith((".", "!"))
    bare = fragment or joined == 0 or (joined < 0.15 and _parts(unit.unit.clean) >= LIST)
    if bare or (joined < 0.3 and _crowded(unit)):
        return 0.7 if own >= 3 or unit.entities else 0.25
    return 1.0


def _parts(text: str) -> int:
    """How many bare terms stand between commas; 0 if the parts are more than terms."""
    parts = [part.split() for part in _SEPARATOR.split(text)]
    return len(parts) if sum(map(len, parts)) / len(parts) <= TERM_WORDS else 0


def _crowded(unit: Annotated) -> bool:
    """Nearly every content word is a phrase of the rubric, and they belong to many facets."""
    content = [place for place, token in enumerate(unit.tokens) if token.is_content]
    inside = sum(place in unit.covered for place in content)
    facets = {hit.facet for hit in unit.hits if hit.strength > 0.5}
    return len(facets) >= 4 and inside >= 0.8 * len(content)


def frames_of(unit: Annotated) -> list[tuple[str, ...]]:
    """What is left when terms and figures are taken out, three words at a time."""
    left = [
        token.stem
        for place, token in enumerate(unit.tokens)
        if place not in unit.covered and not token.is_number
    ]
    return [tuple(left[start : start + FRAME]) for start in range(len(left) - FRAME + 1)]


def _frame(unit: Annotated, around: Surroundings) -> float:
    """Is this the sentence of other units, with other terms put in?"""
    frames = frames_of(unit)
    repeated = sum(around.frames[frame] >= REPEATED for frame in frames)
    share = repeated / len(frames) if frames else 0.0
    if share >= 0.5:
        return 0.15
    return 0.5 if share >= 0.3 else 1.0


def _own_words(unit: Annotated, rubric: Rubric) -> int:
    """Words beside the rubric's own phrases and words of praise."""
    return len(
        {
            token.stem
            for place, token in enumerate(unit.tokens)
            if place not in unit.covered and token.is_content and token.stem not in rubric.hollow
        }
    )


def _specifics(unit: Annotated, own: int) -> float:
    """Something of this design: a word of its own, a name, a figure, a thing of the problem."""
    weight = own + unit.names + min(2, len(unit.figures)) + 2 * unit.entities
    return {0: 0.5, 1: 0.7, 2: 0.9}.get(weight, 1.0)


def _other_step(unit: Annotated, step: str, rubric: Rubric) -> float:
    weights = step_weights(unit, rubric)
    own = weights.get(step, 0.0)
    other = max((weight for name, weight in weights.items() if name != step), default=0.0)
    return 0.5 if other > own * OUTWEIGHS + MARGIN else 1.0


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
