"""Which unit shows what of which criterion? Units of a step against the facets of its criteria."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from apps.scoring.engine.annotate import Annotated, Hit
from apps.scoring.engine.quality import Quality
from apps.scoring.engine.rubric import Criterion, Facet, Step

# Evidence weaker than this does not count.
VALID: Final = 0.5
# A unit serves its best criteria only, so that one crowded sentence does not win them all.
CRITERIA_PER_UNIT: Final = 2
CERTAIN: Final = 0.85
QUESTION_STRENGTH: Final = 0.7
FORGIVEN_QUESTIONS: Final = frozenset(("QUESTION", "NO_SPECIFICS", "OTHER_STEP"))
# Everyday words beside a figure.
WEAK_WITH_FIGURE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit with what its guards found."""

    unit: Annotated
    quality: Quality


@dataclass(frozen=True, slots=True)
class Showing:
    """What one unit shows of one criterion: strength by facet index.

    bare: how strong it would be without its guards, denied or not. hits: all that it rests on.
    by_vector: nothing but the unit's vector says so.
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

    @property
    def strength(self) -> float:
        return max(self.facets.values(), default=0.0)

    @property
    def is_concrete(self) -> bool:
        return self.has_figure or self.has_name or self.has_entity

    @property
    def obstacle(self) -> str:
        """Why it is no evidence, or nothing: the guard that takes most, or that it is denied."""
        if self.strength >= VALID:
            return ""
        quality = self.judged.quality
        if self.bare < VALID:
            return "WEAK"
        if self.bare * quality.factor >= VALID or not quality.reasons:
            return "NEGATED"
        return min(zip(quality.worths, quality.reasons, strict=True), key=itemgetter(0))[1]


@dataclass(frozen=True, slots=True)
class Found:
    """valid counts; refused would have, without its guards; denied says that it is left out.

    crowded: valid in itself, but its unit serves other criteria better. everything: all showings.
    """

    valid: list[Showing] = field(default_factory=list)
    refused: list[Showing] = field(default_factory=list)
    denied: list[Showing] = field(default_factory=list)
    crowded: list[Showing] = field(default_factory=list)
    everything: list[Showing] = field(default_factory=list)


def gather(step: Step, units: Iterable[Judged]) -> dict[str, Found]:
    """The evidence of every criterion of a step."""
    found = {criterion.id: Found() for criterion in step.criteria}
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
        _share_out(judged, hits, step, found)
    return found


def _share_out(
    judged: Judged, hits: dict[str, list[Hit]], step: Step, found: dict[str, Found]
) -> None:
    candidates = []
    for criterion in step.criteria:
        if criterion.id not in hits:
            continue
        showing = _showing(judged, hits[criterion.id], criterion)
        found[criterion.id].everything.append(showing)
        if showing.negated:
            found[criterion.id].denied.append(showing)
        elif showing.strength >= VALID:
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


def _showing(judged: Judged, hits: list[Hit], criterion: Criterion) -> Showing:
    """hits: of the unit, on the facets of the criterion."""
    unit = judged.unit
    counted = [hit for hit in hits if not hit.negated or _decides(unit, hit, criterion)]
    bare = {facet.index: _bare(judged, facet, counted) for facet in criterion.facets}
    facets = {
        facet.index: strength
        for facet in criterion.facets
        if (strength := _strength(judged, facet, bare[facet.index])) > 0
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
    )


def _is_denied(hits: list[Hit], criterion: Criterion) -> bool:
    """The thing itself is said to be left out, in words that leave no doubt what is meant."""
    core = {facet.index for facet in criterion.facets if facet.role == "core"}
    return any(hit.negated and hit.facet in core and hit.strength >= CERTAIN for hit in hits)


def _decides(unit: Annotated, hit: Hit, criterion: Criterion) -> bool:
    """ "No deep model, because there are ten thousand rows" is a choice, not a gap."""
    return criterion.choice and unit.reason_near(hit) and len(unit.figures) > 0


def _strength(judged: Judged, facet: Facet, bare: float) -> float:
    if facet.signal == "question" and _asks(judged):
        return QUESTION_STRENGTH
    return round(bare * judged.quality.factor, 4)


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
