"""Which unit shows what of which criterion? Units of a step against the facets of its criteria.

Notes taken in talk are short: "4,000 per second at peak." Where most of a step stands, a faint line
is read with the rest of it; among lists and copies only what stands by itself counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import fsum, sqrt
from operator import itemgetter
from typing import Final

from apps.scoring.engine.annotate import Annotated, Hit
from apps.scoring.engine.ground import VALID, Ground, Judged, ground_of
from apps.scoring.engine.rubric import Criterion, Facet, Step

# Where the rest of a step stands, evidence as faint as this counts ...
FAINT: Final = 0.25
# ... unless the line is guarded for more than being short or plain.
PLAIN: Final = frozenset(("LIST", "NO_SPECIFICS", "QUESTION"))
# A line is about a criterion when the criterion's words weigh so much beside all its words; a doubt
# is added to these, so that a short line needs more.
ABOUT_SHARE: Final = 0.22
ABOUT_DOUBT: Final = 8.0
ABOUT: Final = 0.35
# Of a line that denies so much of itself, the rest is not taken for a claim.
MOSTLY_DENIED: Final = 0.25
# A unit serves its best criteria only, so that one crowded sentence does not win them all.
CRITERIA_PER_UNIT: Final = 3
CERTAIN: Final = 0.85
QUESTION_STRENGTH: Final = 0.7
FORGIVEN_QUESTIONS: Final = frozenset(("QUESTION", "NO_SPECIFICS", "OTHER_STEP"))
# Everyday words beside a figure.
WEAK_WITH_FIGURE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Showing:
    """What one unit shows of one criterion: strength by facet index.

    bare: how strong it would be without its guards, denied or not. hits: all that it rests on.
    by_vector: nothing but the unit's vector says so. least: what it takes to count.
    """

    judged: Judged
    hits: tuple[Hit, ...]
    facets: dict[int, float]
    bare: float
    negated: bool
    has_figure: bool
    has_name: bool
    has_entity: bool
    has_reason: bool
    by_vector: bool = False
    least: float = VALID

    @property
    def strength(self) -> float:
        return max(self.facets.values(), default=0.0)

    @property
    def is_concrete(self) -> bool:
        return self.has_figure or self.has_name or self.has_entity

    @property
    def obstacle(self) -> str:
        """Why it is no evidence, or nothing: the guard that takes most, or that it is denied."""
        if self.strength >= self.least:
            return ""
        quality = self.judged.quality
        if self.bare < self.least:
            return "WEAK"
        if self.bare * quality.factor >= self.least or not quality.reasons:
            return "NEGATED"
        return min(zip(quality.worths, quality.reasons, strict=True), key=itemgetter(0))[1]


@dataclass(frozen=True, slots=True)
class Found:
    """valid counts; refused would have, without its guards; denied says that it is left out.

    crowded: valid in itself, but its unit serves other criteria better. everything: all showings.
    near: valid's lines and those right before and after them.
    """

    ground: Ground

    valid: list[Showing] = field(default_factory=list)
    refused: list[Showing] = field(default_factory=list)
    denied: list[Showing] = field(default_factory=list)
    crowded: list[Showing] = field(default_factory=list)
    everything: list[Showing] = field(default_factory=list)
    near: list[Judged] = field(default_factory=list)


def gather(step: Step, units: Sequence[Judged]) -> dict[str, Found]:
    """The evidence of every criterion of a step."""
    ground = ground_of(step, units)
    found = {criterion.id: Found(ground) for criterion in step.criteria}
    owners = {facet.index: criterion for criterion in step.criteria for facet in criterion.facets}
    asking = [
        criterion
        for criterion in step.criteria
        if any(facet.signal == "question" for facet in criterion.facets)
    ]
    for judged in units:
        hits: dict[str, list[Hit]] = {criterion.id: [] for criterion in asking}
        for hit in judged.unit.hits:
            if hit.facet in owners:
                hits.setdefault(owners[hit.facet].id, []).append(hit)
        if ground.reads_on:
            _add_faint(judged.unit, hits, step)
        _share_out(judged, hits, step, found)
    for one in found.values():
        one.near.extend(_with_neighbours(one.valid, units))
    return found


def _with_neighbours(showings: Sequence[Showing], units: Sequence[Judged]) -> list[Judged]:
    lines = {id(showing.judged) for showing in showings}
    places = [place for place, judged in enumerate(units) if id(judged) in lines]
    near = {at for place in places for at in (place - 1, place, place + 1)}
    return [judged for place, judged in enumerate(units) if place in near]


def _add_faint(unit: Annotated, hits: dict[str, list[Hit]], step: Step) -> None:
    """A line without a phrase of a criterion that has its words all the same."""
    denied = sum(end - start for start, end in unit.denied)
    if denied >= MOSTLY_DENIED * len(unit.tokens):
        return
    for criterion in step.criteria:
        if not hits.get(criterion.id) and _is_about(unit, criterion):
            whole = Hit(criterion.facets[0].index, 0, len(unit.tokens), ABOUT, False, False)
            hits[criterion.id] = [whole]


def _is_about(unit: Annotated, criterion: Criterion) -> bool:
    topic = criterion.topic
    weight = fsum(topic[word] for word in unit.said if word in topic)
    return weight > 0 and weight >= ABOUT_SHARE * (unit.rarity + ABOUT_DOUBT)


def _share_out(
    judged: Judged, hits: dict[str, list[Hit]], step: Step, found: dict[str, Found]
) -> None:
    candidates = []
    for criterion in step.criteria:
        if criterion.id not in hits:
            continue
        ground = found[criterion.id].ground
        showing = _showing(judged, hits[criterion.id], criterion, ground)
        found[criterion.id].everything.append(showing)
        if showing.negated:
            found[criterion.id].denied.append(showing)
        elif showing.strength >= showing.least and not ground.is_empty:
            candidates.append((criterion, showing))
        elif showing.facets:
            found[criterion.id].refused.append(showing)
    candidates.sort(key=_merit)
    for criterion, showing in candidates[:CRITERIA_PER_UNIT]:
        found[criterion.id].valid.append(showing)
    for criterion, showing in candidates[CRITERIA_PER_UNIT:]:
        found[criterion.id].crowded.append(showing)


def _merit(candidate: tuple[Criterion, Showing]) -> tuple[float, int, str]:
    criterion, showing = candidate
    return (-round(sum(showing.facets.values()), 4), -criterion.weight, criterion.id)


def _showing(judged: Judged, hits: list[Hit], criterion: Criterion, ground: Ground) -> Showing:
    """hits: of the unit, on the facets of the criterion."""
    unit = judged.unit
    counted = [hit for hit in hits if not hit.negated or _decides(unit, hit, criterion)]
    factor = _factor(judged, ground)
    bare = {facet.index: _bare(judged, facet, counted) for facet in criterion.facets}
    facets = {
        facet.index: strength
        for facet in criterion.facets
        if (strength := _strength(judged, facet, bare[facet.index] * factor)) > 0
    }
    strong = [hit for hit in counted if hit.strength > WEAK_WITH_FIGURE]
    return Showing(
        judged,
        tuple(hits),
        facets,
        max(_bare(judged, facet, hits) for facet in criterion.facets),
        not counted and _is_denied(hits, criterion),
        bool(unit.figures),
        unit.names > 0,
        unit.entities > 0,
        any(unit.reason_near(hit) for hit in strong),
        bool(strong) and all(hit.channel == "semantic" for hit in strong),
        FAINT if ground.reads_on else VALID,
    )


def _factor(judged: Judged, ground: Ground) -> float:
    factor = judged.quality.factor
    is_plain = PLAIN.issuperset(judged.quality.reasons)
    return sqrt(factor) if ground.reads_on and is_plain else factor


def _is_denied(hits: list[Hit], criterion: Criterion) -> bool:
    """The thing itself is said to be left out, in words that leave no doubt what is meant."""
    core = {facet.index for facet in criterion.facets if facet.role == "core"}
    return any(hit.negated and hit.facet in core and hit.strength >= CERTAIN for hit in hits)


def _decides(unit: Annotated, hit: Hit, criterion: Criterion) -> bool:
    """ "No deep model, because there are ten thousand rows" is a choice, not a gap."""
    return criterion.choice and unit.reason_near(hit) and len(unit.figures) > 0


def _strength(judged: Judged, facet: Facet, strength: float) -> float:
    if facet.signal == "question" and _asks(judged):
        return QUESTION_STRENGTH
    return round(strength, 4)


def _bare(judged: Judged, facet: Facet, hits: list[Hit]) -> float:
    """How strongly the hits show the facet, whatever the unit is worth."""
    own = [hit for hit in hits if hit.facet == facet.index]
    if not own:
        return 0.0
    best = max(hit.strength for hit in own)
    if best < VALID:
        places = {hit.start for hit in own}
        best = min(0.6, best * len(places)) + (WEAK_WITH_FIGURE if judged.unit.figures else 0.0)
    return min(1.0, best)


def _asks(judged: Judged) -> bool:
    """A question of one's own about the matter, not one that was copied or listed."""
    unit = judged.unit
    is_own = FORGIVEN_QUESTIONS.issuperset(judged.quality.reasons)
    about = bool(unit.hits) or unit.entities > 0
    return unit.is_question and is_own and about and len(unit.words) >= 4
