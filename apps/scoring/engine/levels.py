"""Which level does the evidence of one criterion reach, by rule, and where within it does it stand?

NE  no valid evidence (or 1, with the quote, when the notes say that it is left out)
2   named: a valid unit for a core facet, or a part on the board
3   specified: two facets or two units, and something concrete; a whole path where the board
    alone can show the criterion
4   justified: 3, with a reason, an alternative or a trade-off beside it, and a figure or a
    thing of this problem
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from apps.core.json import JsonObject
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
# The rules as a reader of the trace is told them.
SHOWN: Final = "A line that counts shows its core, or enough beside it"
CONCRETE: Final = "Something concrete: a figure, a name or a thing of this problem"
TWICE: Final = "Two sides of it, or two lines"
ARGUED: Final = "A reason, an alternative or a trade-off beside it"
GROUNDED: Final = "A figure or a thing of this problem"
WIDE: Final = "Two sides of it, or three lines"
SAID: Final = "A line that says it in words, not one that is only near to it"
PART: Final = "A part on the board shows it"
PATH: Final = "The whole path is on the board, or a path whose parts have notes"


@dataclass(frozen=True, slots=True)
class OnBoard:
    """What came of each predicate of a criterion. has_notes: a part that shows it has a note."""

    held: tuple[Shown | None, ...]
    has_notes: bool

    @property
    def shown(self) -> tuple[Shown, ...]:
        return tuple(one for one in self.held if one is not None)

    @property
    def asked(self) -> int:
        return len(self.held)

    @property
    def is_whole(self) -> bool:
        paths = any(one.is_whole for one in self.shown)
        return len(self.shown) == self.asked and paths


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition of a level. by: the notes or the board, each of which reaches a level alone."""

    level: int
    by: Literal["notes", "board"]
    text: str
    met: bool

    def as_json(self) -> JsonObject:
        return {"level": self.level, "by": self.by, "text": self.text, "met": self.met}


@dataclass(frozen=True, slots=True)
class Parts:
    """What the value of a criterion is made of."""

    foot: float
    span: float
    coverage: float
    depth: float
    trust: float

    def as_json(self) -> JsonObject:
        return {
            "foot": self.foot,
            "span": self.span,
            "coverage": self.coverage,
            "depth": self.depth,
            "trust": self.trust,
        }

    @property
    def value(self) -> float:
        within = 0.6 * self.coverage + 0.4 * self.depth
        return round((self.foot + self.span * within) * self.trust, 4)


NOTHING: Final = Parts(0.0, 0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Rating:
    """level None is NE. showings: the evidence, best first. value: 0..1, orders within a level."""

    level: int | None
    parts: Parts
    rules: tuple[Rule, ...]
    showings: tuple[Showing, ...]
    board: OnBoard

    @property
    def value(self) -> float:
        return self.parts.value

    @property
    def by_board(self) -> bool:
        """The board shows more than the notes."""
        return reached(self.rules, "notes") < reached(self.rules, "board")


def state_of(rating: Rating | None) -> str:
    """NA: the problem does not ask for it. NE: not enough evidence for a level."""
    if rating is None:
        return "NA"
    return "NE" if rating.level is None else "scored"


def on_board(criterion: Criterion, predicates: Predicates) -> OnBoard:
    held = tuple(predicates.holds(predicate) for predicate in criterion.graph)
    components = predicates.graph.components
    notes = (components[id_]["notes"] for one in held if one for id_ in one.components)
    return OnBoard(held, any(len(note.split()) >= NOTE_WORDS for note in notes))


def rate(criterion: Criterion, found: Found, board: OnBoard) -> Rating:
    showings = tuple(sorted(found.valid, key=_order))
    rules = (*rules_of_notes(criterion, showings, board), *_rules_of_board(criterion, board))
    level = max(reached(rules, "notes"), reached(rules, "board"))
    if level == 0:
        return _unrated(found, rules, board)
    parts = Parts(
        FOOT[level],
        SPAN[level],
        _coverage(criterion, showings, board),
        _depth(showings),
        _trust(showings),
    )
    return Rating(level, parts, rules, showings, board)


def reached(rules: Iterable[Rule], by: str) -> int:
    """The highest level whose rules, and those of the levels below it, are all met. 0 for none."""
    unmet = [rule.level for rule in rules if rule.by == by and not rule.met]
    levels = [rule.level for rule in rules if rule.by == by]
    return max((level for level in levels if level < min(unmet, default=5)), default=0)


def _order(showing: Showing) -> tuple[float, int]:
    total = sum(showing.facets.values())
    extra = 0.3 * showing.is_concrete + 0.3 * showing.has_reason
    return (-round(total + extra, 4), showing.judged.unit.unit.start)


def _unrated(found: Found, rules: tuple[Rule, ...], board: OnBoard) -> Rating:
    left_out = tuple(found.denied[:1]) if not found.refused else ()
    said = Rule(1, "notes", "A line says that it is left out, and none says otherwise", True)
    if left_out:
        return Rating(1, NOTHING, (said, *rules), left_out, board)
    return Rating(None, NOTHING, rules, (), board)


def rules_of_notes(
    criterion: Criterion, showings: tuple[Showing, ...], board: OnBoard
) -> list[Rule]:
    facets = _facets(showings)
    sides = len(facets) + bool(board.shown)
    reasons = {facet.index for facet in criterion.facets if facet.role == "reason"}
    concrete = any(showing.is_concrete for showing in showings)
    argued = any(showing.has_reason or (reasons & showing.facets.keys()) for showing in showings)
    grounded = any(showing.has_figure or showing.has_entity for showing in showings)
    return [
        Rule(2, "notes", SHOWN, _is_shown(criterion, facets, concrete)),
        Rule(3, "notes", CONCRETE, concrete),
        Rule(3, "notes", TWICE, sides >= 2 or len(showings) >= 2),
        Rule(4, "notes", ARGUED, argued),
        Rule(4, "notes", GROUNDED, grounded),
        Rule(4, "notes", WIDE, len(facets) >= 2 or len(showings) >= 3),
        Rule(
            MOST_OF_VECTORS + 1, "notes", SAID, not all(showing.by_vector for showing in showings)
        ),
    ]


def _is_shown(criterion: Criterion, facets: set[int], concrete: bool) -> bool:
    """The core, or enough beside it: two other facets, or one that is concrete."""
    roles = {facet.role for facet in criterion.facets if facet.index in facets}
    return "core" in roles or len(facets) >= 2 or ("support" in roles and concrete)


def _rules_of_board(criterion: Criterion, board: OnBoard) -> list[Rule]:
    if not criterion.graph:
        return []
    whole = criterion.graph_only and board.is_whole
    noted = board.has_notes and any(one.is_path for one in board.shown)
    return [
        Rule(2, "board", PART, bool(board.shown)),
        Rule(MOST_OF_BOARD, "board", PATH, whole or noted),
    ]


def _facets(showings: tuple[Showing, ...]) -> set[int]:
    return {facet for showing in showings for facet in showing.facets}


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
