"""What do claims of others make of a step? "These words show this facet", held to our own rules.

A claim counts where the engine's evidence would: in a unit that no guard refuses, not denied, and
not in one that serves three other criteria already. Levels come from `levels.rate`, as always.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final

from apps.scoring.engine.annotate import Annotated, Hit
from apps.scoring.engine.evidence import Found, gather
from apps.scoring.engine.ground import Judged
from apps.scoring.engine.levels import OnBoard, rate
from apps.scoring.engine.negation import negated_spans
from apps.scoring.engine.predicates import Shown
from apps.scoring.engine.rubric import Criterion, Step

# As much as a vector's word: it carries a line, and a line with a guard on it no more.
STRENGTH: Final = 0.8
# A claim is denied when this share of its words stands under a denial.
DENIED: Final = 0.5
NEGATED: Final = "NEGATED"
EXCLUSIVE: Final = "EXCLUSIVE"
NO_UNIT: Final = "NO_UNIT"
# The whole step hardly speaks of any one design.
HOLLOW: Final = "HOLLOW"


@dataclass(frozen=True, slots=True)
class Claim:
    """notes[start:end] of the step are said to show a facet, given by its index."""

    facet: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CardClaim:
    """A card of the board is said to show a facet."""

    facet: int
    component: str


@dataclass(frozen=True, slots=True)
class Basis:
    """A step as the engine sees it: its units with their guards, and what the board shows of each
    criterion."""

    step: Step
    units: tuple[Judged, ...]
    boards: Mapping[str, OnBoard]


@dataclass(frozen=True, slots=True)
class Weighed:
    """levels: of each criterion, None for no evidence. refused: why a claim does not count; the
    others do."""

    levels: dict[str, int | None]
    refused: dict[Claim, str]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A claim in the unit it lies in, and as a hit there. unit: its place among the units."""

    claim: Claim
    unit: int
    hit: Hit


def weigh(basis: Basis, claims: Iterable[Claim], cards: Iterable[CardClaim] = ()) -> Weighed:
    """The levels of the step's criteria by the claims alone, and by what the board shows."""
    claims, cards = list(dict.fromkeys(claims)), list(cards)
    placed = [one for claim in claims if (one := _place(claim, basis.units)) is not None]
    marked = [_marked(judged, at, placed) for at, judged in enumerate(basis.units)]
    found = gather(basis.step, marked)
    levels = {
        criterion.id: rate(
            criterion,
            _claimed_alone(found[criterion.id], marked, placed),
            _with_cards(criterion, basis.boards[criterion.id], cards),
        ).level
        for criterion in basis.step.criteria
    }
    return Weighed(levels, _refused(claims, placed, marked, basis.step, found))


def _place(claim: Claim, units: Sequence[Judged]) -> _Placed | None:
    """In the one unit that holds most of it: a quote of a whole page is no more than a line."""
    best = max(range(len(units)), key=lambda at: _overlap(claim, units[at].unit), default=0)
    inside = _tokens_of(claim, units[best].unit) if units else []
    if not inside:
        return None
    negated = _is_denied(claim, units[best].unit, inside)
    hit = Hit(claim.facet, inside[0], inside[-1] + 1, STRENGTH, solid=False, negated=negated)
    return _Placed(claim, best, hit)


def _overlap(claim: Claim, unit: Annotated) -> int:
    return min(claim.end, unit.unit.end) - max(claim.start, unit.unit.start)


def _tokens_of(claim: Claim, unit: Annotated) -> list[int]:
    low, high = claim.start - unit.unit.start, claim.end - unit.unit.start
    return [
        place for place, token in enumerate(unit.tokens) if low <= token.start and token.end <= high
    ]


def _is_denied(claim: Claim, unit: Annotated, inside: list[int]) -> bool:
    """Our own phrases of the facet decide where they are there; else most of the words do."""
    own = [
        hit.negated
        for hit in unit.hits
        if hit.facet == claim.facet and hit.start >= inside[0] and hit.end <= inside[-1] + 1
    ]
    spans = negated_spans(unit.tokens, unit.unit.clean)
    content = [place for place in inside if unit.tokens[place].is_content] or inside
    denied = [place for place in content if any(low <= place < high for low, high in spans)]
    return all(own) if own else len(denied) >= DENIED * len(content)


def _marked(judged: Judged, at: int, placed: Iterable[_Placed]) -> Judged:
    """The unit with the claims on it for its only hits."""
    hits = [one.hit for one in placed if one.unit == at]
    return replace(judged, unit=replace(judged.unit, hits=hits))


def _claimed_alone(found: Found, marked: Sequence[Judged], placed: list[_Placed]) -> Found:
    """Without what the engine sees by itself, such as that a line asks something."""
    claimed = {(id(marked[one.unit]), one.claim.facet) for one in placed}
    valid = []
    for showing in found.valid:
        facets = {
            facet: worth
            for facet, worth in showing.facets.items()
            if (id(showing.judged), facet) in claimed
        }
        if facets:
            valid.append(replace(showing, facets=facets))
    blocks = {showing.judged.unit.unit.block for showing in valid}
    near = [judged for judged in marked if judged.unit.unit.block in blocks]
    return Found(found.ground, valid=valid, near=near)


def _with_cards(criterion: Criterion, board: OnBoard, cards: Iterable[CardClaim]) -> OnBoard:
    """A named card is worth what a part on the board is, where the board can show anything."""
    facets = {facet.index for facet in criterion.facets}
    ids = dict.fromkeys(one.component for one in cards if one.facet in facets)
    if board.shown or not criterion.graph or not ids:
        return board
    return replace(board, held=(Shown(tuple(ids)), *board.held[1:]))


def _refused(
    claims: Iterable[Claim],
    placed: list[_Placed],
    marked: Sequence[Judged],
    step: Step,
    found: Mapping[str, Found],
) -> dict[Claim, str]:
    owners = {
        facet.index: criterion.id for criterion in step.criteria for facet in criterion.facets
    }
    refused = dict.fromkeys(claims, NO_UNIT)
    for one in placed:
        why = _why(one, marked[one.unit], found[owners[one.claim.facet]])
        if why:
            refused[one.claim] = why
        else:
            del refused[one.claim]
    return refused


def _why(placed: _Placed, judged: Judged, found: Found) -> str:
    """Nothing for a claim that counts; else what stands in its way most."""
    showing = next(one for one in found.everything if one.judged is judged)
    is_strong = showing.facets.get(placed.claim.facet, 0.0) >= showing.least
    if is_strong and showing in found.valid:
        return ""
    if placed.hit.negated:
        return NEGATED
    if is_strong:
        return EXCLUSIVE if showing in found.crowded else HOLLOW
    quality = judged.quality
    return min(zip(quality.worths, quality.reasons, strict=True), key=itemgetter(0))[1]
