"""Which facets is a unit about, by its vector? Evidence for thoughts in words the rubric lacks.

A facet is near in one of two ways: one of its prototypes says nearly the same, or a prototype and
the facet's own terms, taken together, are nearer than chance. What chance gives is measured on
ordinary sentences, facet by facet, in standard deviations. Words of the rubric in a sentence that
is about something else lose their worth. Needs numpy, so it is imported only where there are
vectors.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from apps.scoring.engine.annotate import Annotated, Hit
from apps.scoring.engine.background import BACKGROUND
from apps.scoring.engine.interface import Vectors
from apps.scoring.engine.rubric import Rubric

# A prototype alone is near from here: deviations above chance, and the least cosine.
ALONE: Final = 3.0
ALONE_FLOOR: Final = 0.34
# Prototype and terms together, where the prototype is not far by itself.
BOTH: Final = 3.0
BOTH_FLOOR: Final = 0.34
NOT_FAR: Final = 2.0
# A sentence is about something else if no prototype of the step is as near as this. The right
# words in a hollow sentence often are; the same words where the thing is said hardly ever.
ELSEWHERE: Final = 1.5
# Other processors give other last digits.
DECIMALS: Final = 3
# A unit at the threshold is just evidence, and nearness never counts as much as the right word.
WEAKEST: Final = 0.55
STRONGEST: Final = 0.8
# So many deviations above the threshold are as near as it gets.
FULL: Final = 2.0
# A unit is about so many facets of its own step, and about one of another if that is nearer.
OWN_FACETS: Final = 3
OTHER_FACETS: Final = 1
# What is nearer to a facet of another step by this many deviations is about that.
MARGIN: Final = 0.5
# Fewer words say nothing of their own.
FEWEST_WORDS: Final = 3
# Terms beyond this, in letters, do not fit into the model's window.
TERMS_LETTERS: Final = 600
# Rubrics whose vectors are kept, at 2 MB each.
MOST_SPACES: Final = 4

Floats: TypeAlias = NDArray[np.float32]
Flags: TypeAlias = NDArray[np.bool_]
FacetTexts: TypeAlias = tuple[tuple[str, ...], str]


@dataclass(frozen=True)
class Noise:
    """What ordinary sentences reach, facet by facet."""

    mean: Floats
    deviation: Floats

    def above(self, similar: NDArray[Any]) -> Floats:
        over: Floats = ((similar - self.mean) / self.deviation).round(DECIMALS)
        return over


@dataclass(frozen=True)
class Space:
    """The rubric among the vectors.

    starts: the first prototype's row of every facet. steps: the number of each facet's step.
    """

    prototypes: Floats
    texts: tuple[str, ...]
    starts: NDArray[np.intp]
    steps: NDArray[np.intp]
    terms: Floats
    alone: Noise
    both: Noise


def with_similarity(
    units: Sequence[Annotated], step: str, rubric: Rubric, vectors: Vectors
) -> list[Annotated]:
    """The units of a step with the hits of their vectors after those of their words."""
    space = _space(rubric, vectors)
    own = np.array([facet.step == step for facet in rubric.facets])
    said = [_said(unit) for unit in units]
    rows = iter(_matrix(vectors, [text for text in said if text]))
    return [
        replace(unit, hits=_all_hits(unit, next(rows), own, space)) if text else unit
        for unit, text in zip(units, said, strict=True)
    ]


def prepared_texts(rubric: Rubric) -> list[str]:
    """What is embedded whatever the notes say."""
    facets = _facet_texts(rubric)
    return [*chain.from_iterable((*prototypes, terms) for prototypes, terms in facets), *BACKGROUND]


def _said(unit: Annotated) -> str:
    """The text without what it denies; empty if too little is left to be about something."""
    text = unit.unit.clean
    kept = [
        token
        for place, token in enumerate(unit.tokens)
        if not any(start <= place < end for start, end in unit.denied)
    ]
    if sum(token.is_content for token in kept) < FEWEST_WORDS:
        return ""
    for start, end in unit.denied:
        if start < end:
            first, last = unit.tokens[start].start, unit.tokens[end - 1].end
            text = text[:first] + " " * (last - first) + text[last:]
    return " ".join(text.split())


def _all_hits(unit: Annotated, vector: Floats, own: Flags, space: Space) -> list[Hit]:
    similar = space.prototypes @ vector
    alone = np.maximum.reduceat(similar, space.starts).round(DECIMALS)
    above = space.alone.above(alone)
    over = _over(alone, above, (space.terms @ vector).round(DECIMALS), space)
    return [
        *_of_words(unit, alone, above, space),
        *(
            Hit(
                facet,
                0,
                len(unit.tokens),
                _strength(float(over[facet])),
                solid=False,
                negated=False,
                channel="semantic",
                matched=_nearest_text(similar, facet, space),
                similarity=_rounded(alone[facet]),
            )
            for facet in _nearest(over, own)
        ),
    ]


def _of_words(unit: Annotated, alone: Floats, above: Floats, space: Space) -> list[Hit]:
    """The hits of the words; those that are about something else stay, but are worth nothing."""
    nearest = np.full(int(space.steps.max()) + 1, -np.inf, dtype=np.float32)
    np.maximum.at(nearest, space.steps, above)
    is_elsewhere = (nearest < ELSEWHERE)[space.steps]
    return [
        replace(hit, strength=0.0, similarity=_rounded(alone[hit.facet]))
        if is_elsewhere[hit.facet] and not hit.negated
        else hit
        for hit in unit.hits
    ]


def _over(alone: Floats, above: Floats, terms: Floats, space: Space) -> Floats:
    """Deviations above the nearer of the two thresholds; below 0 for what is not near."""
    both = (alone + terms) / 2
    near_alone = np.where(alone >= ALONE_FLOOR, above - ALONE, -1.0)
    is_near = (both >= BOTH_FLOOR) & (above >= NOT_FAR)
    near_both = np.where(is_near, space.both.above(both) - BOTH, -1.0)
    over: Floats = np.maximum(near_alone, near_both)
    return over


def _nearest(over: Floats, own: Flags) -> list[int]:
    """The nearest facets of the own step, unless one of another is clearly nearer, and that one."""
    ranked = sorted(np.flatnonzero(over >= 0).tolist(), key=lambda facet: (-over[facet], facet))
    here = [facet for facet in ranked if own[facet]]
    elsewhere = [facet for facet in ranked if not own[facet]]
    nearest_here = max(over[here], default=-1.0)
    nearest_elsewhere = max(over[elsewhere], default=-1.0)
    kept = [facet for facet in here if over[facet] >= nearest_elsewhere - MARGIN]
    nearer = [facet for facet in elsewhere if over[facet] > nearest_here]
    return [*kept[:OWN_FACETS], *nearer[:OTHER_FACETS]]


def _strength(over: float) -> float:
    return round(WEAKEST + (STRONGEST - WEAKEST) * min(1.0, over / FULL), 3)


def _nearest_text(similar: Floats, facet: int, space: Space) -> str:
    start = int(space.starts[facet])
    end = int(space.starts[facet + 1]) if facet + 1 < len(space.starts) else len(space.texts)
    return space.texts[start + int(similar[start:end].argmax())]


def _facet_texts(rubric: Rubric) -> tuple[FacetTexts, ...]:
    """The prototypes of every facet, and its question with its terms as one text."""
    raw_facets = [raw for item in rubric.data["criteria"] for raw in item["facets"]]
    return tuple(
        (tuple(raw.get("prototypes", ())) or (facet.ask,), _terms(facet.ask, raw))
        for facet, raw in zip(rubric.facets, raw_facets, strict=True)
    )


def _terms(ask: str, raw: Any) -> str:
    terms = (alias for alias in raw.get("aliases", ()) if "&" not in alias)
    return f"{ask} {', '.join(terms)}"[:TERMS_LETTERS]


# By the hashes of model and rubric, since several objects may stand for one.
_SPACES: Final[dict[tuple[str, str], Space]] = {}


def _space(rubric: Rubric, vectors: Vectors) -> Space:
    key = (vectors.model, rubric.sha256)
    if key not in _SPACES:
        if len(_SPACES) >= MOST_SPACES:
            _SPACES.clear()
        _SPACES[key] = _embedded(rubric, vectors)
    return _SPACES[key]


def _embedded(rubric: Rubric, vectors: Vectors) -> Space:
    facets = _facet_texts(rubric)
    ids = [step.id for step in rubric.steps] + [""]  # of no step: for people alone
    steps = np.array([ids.index(facet.step) for facet in rubric.facets])
    texts = tuple(chain.from_iterable(prototypes for prototypes, _ in facets))
    sizes = [len(prototypes) for prototypes, _ in facets]
    starts = np.cumsum([0, *sizes[:-1]])
    prototypes = _matrix(vectors, texts)
    terms = _matrix(vectors, [terms for _, terms in facets])
    ordinary = _matrix(vectors, BACKGROUND)
    alone = np.maximum.reduceat(ordinary @ prototypes.T, starts, axis=1)
    both = (alone + ordinary @ terms.T) / 2
    return Space(prototypes, texts, starts, steps, terms, _noise(alone), _noise(both))


def _noise(similar: Floats) -> Noise:
    """similar: a row for each ordinary sentence, a column for each facet."""
    return Noise(similar.mean(axis=0), similar.std(axis=0))


def _matrix(vectors: Vectors, texts: Sequence[str]) -> Floats:
    return np.asarray(vectors.of(texts), dtype=np.float32)


def _rounded(similarity: Any) -> float:
    return round(float(similarity), DECIMALS)
