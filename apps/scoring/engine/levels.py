"""Which level does the evidence of one criterion reach, by rule, and where within it does it stand?

NE  no valid evidence (or 1, with the quote, when the notes say that it is left out)
2   named: a valid unit for a core facet, or a part on the board
3   specified: two facets or two units, and something concrete; a whole path where the board
    alone can show the criterion
4   justified: 3, with a reason, an alternative or a trade-off beside it, and a figure or a
    thing of this problem
"""

from dataclasses import dataclass
from typing import Final

from apps.scoring.engine.evidence import Found, Showing
from apps.scoring.engine.predicates import Predicates, Shown
from apps.scoring.engine.rubric import Criterion

# The value at the foot of each level and how far evidence can lift it within the level.
FOOT: Final = {1: 0.0, 2: 0.42, 3: 0.68, 4: 0.92}
SPAN: Final = {1: 0.0, 2: 0.2, 3: 0.2, 4: 0.08}
FACET_WEIGHT: Final = {"core": 1.0, "support": 1.0, "reason": 0.5}
NOTE_WORDS: Final = 5
# A board alone reaches this, and more only with words.
MOST_OF_BOARD: Final = 3
# So do vectors: nearness to a thought is not the thought.
MOST_OF_VECTORS: Final = 3


@dataclass(frozen=True, slots=True)
class OnBoard:
    """The predicates of a criterion that hold, of how many; do their parts have notes?"""

    shown: tuple[Shown, ...]
    asked: int
    has_notes: bool

    @property
    def level(self) -> int:
        return 2 if self.shown else 0

    @property
    def is_whole(self) -> bool:
        paths = any(one.is_whole for one in self.shown)
        return len(self.shown) == self.asked and paths


@dataclass(frozen=True, slots=True)
class Rating:
    """level None is NE; value 0..1 orders answers of one level."""

    level: int | None
    value: float
    confidence: float
    showings: tuple[Showing, ...]
    board: OnBoard
    by_board: bool


def on_board(criterion: Criterion, predicates: Predicates) -> OnBoard:
    shown = tuple(
        held for predicate in criterion.graph if (held := predicates.holds(predicate)) is not None
    )
    components = predicates.graph.components
    notes = (components[id_]["notes"] for one in shown for id_ in one.components)
    return OnBoard(
        shown, len(criterion.graph), any(len(note.split()) >= NOTE_WORDS for note in notes)
    )


def rate(criterion: Criterion, found: Found, board: OnBoard) -> Rating:
    showings = tuple(sorted(found.valid, key=_order))
    words = _level_of_words(criterion, showings, board)
    level = max(words, _level_of_board(criterion, board))
    if level == 0:
        return _unrated(found, board)
    value = FOOT[level] + SPAN[level] * _within(criterion, showings, board)
    value *= _trust(showings)
    return Rating(
        level, round(value, 4), _confidence(level, showings, board), showings, board, words < level
    )


def _order(showing: Showing) -> tuple[float, int]:
    total = sum(showing.facets.values())
    extra = 0.3 * showing.is_concrete + 0.3 * showing.has_reason
    return (-round(total + extra, 4), showing.judged.unit.unit.start)


def _unrated(found: Found, board: OnBoard) -> Rating:
    if found.denied and not found.refused:
        return Rating(1, 0.0, 0.6, tuple(found.denied[:1]), board, by_board=False)
    return Rating(None, 0.0, 0.5 if found.refused else 0.7, (), board, by_board=False)


def _level_of_words(criterion: Criterion, showings: tuple[Showing, ...], board: OnBoard) -> int:
    facets = _facets(showings)
    roles = {facet.role for facet in criterion.facets if facet.index in facets}
    if not _is_shown(roles, facets, showings):
        return 0
    parts = len(facets) + bool(board.shown)
    concrete = any(showing.is_concrete for showing in showings)
    if not concrete or (parts < 2 and len(showings) < 2):
        return 2
    if all(showing.by_vector for showing in showings):
        return MOST_OF_VECTORS
    return 4 if _is_justified(criterion, showings) else 3


def _is_shown(roles: set[str], facets: set[int], showings: tuple[Showing, ...]) -> bool:
    """The core, or enough beside it: two other facets, or one that is concrete."""
    beside = "support" in roles and any(showing.is_concrete for showing in showings)
    return "core" in roles or len(facets) >= 2 or beside


def _is_justified(criterion: Criterion, showings: tuple[Showing, ...]) -> bool:
    """A reason beside the thing, and a figure or a thing of the problem in the evidence."""
    reasons = {facet.index for facet in criterion.facets if facet.role == "reason"}
    argued = any(showing.has_reason or (reasons & showing.facets.keys()) for showing in showings)
    grounded = any(showing.has_figure or showing.has_entity for showing in showings)
    wide = len(_facets(showings)) >= 2 or len(showings) >= 3
    return argued and grounded and wide


def _level_of_board(criterion: Criterion, board: OnBoard) -> int:
    if not board.shown:
        return 0
    whole = criterion.graph_only and board.is_whole
    noted = board.has_notes and any(one.is_path for one in board.shown)
    return MOST_OF_BOARD if whole or noted else 2


def _facets(showings: tuple[Showing, ...]) -> set[int]:
    return {facet for showing in showings for facet in showing.facets}


def _within(criterion: Criterion, showings: tuple[Showing, ...], board: OnBoard) -> float:
    """Coverage of the facets 0.6, depth 0.4."""
    return 0.6 * _coverage(criterion, showings, board) + 0.4 * _depth(showings)


def _coverage(criterion: Criterion, showings: tuple[Showing, ...], board: OnBoard) -> float:
    found = _facets(showings)
    weights = {facet.index: FACET_WEIGHT[facet.role] for facet in criterion.facets}
    total = sum(weights.values()) + (1.0 if criterion.graph else 0.0)
    met = sum(weight for index, weight in weights.items() if index in found)
    met += len(board.shown) / board.asked if board.asked else 0.0
    return min(1.0, met / (0.8 * total)) if total else 0.0


def _depth(showings: tuple[Showing, ...]) -> float:
    return (
        0.3 * any(showing.has_figure for showing in showings)
        + 0.3 * any(showing.has_reason for showing in showings)
        + 0.2 * any(showing.has_name or showing.has_entity for showing in showings)
        + 0.2 * (len(showings) > 1)
    )


def _trust(showings: tuple[Showing, ...]) -> float:
    """Weak evidence lifts less; the board's evidence is taken as it is."""
    if not showings:
        return 1.0
    return 0.7 + 0.3 * min(1.0, max(showing.strength for showing in showings))


def _confidence(level: int, showings: tuple[Showing, ...], board: OnBoard) -> float:
    """Several strong units, and the board agreeing with the words, make a level surer."""
    best = max((showing.strength for showing in showings), default=0.6)
    several = 0.1 * min(2, max(0, len(showings) - 1))
    agreeing = 0.1 if board.shown and showings else 0.0
    clear = 0.05 if level in (2, 4) else 0.0
    return round(min(0.95, 0.2 + 0.45 * best + several + agreeing + clear), 2)
