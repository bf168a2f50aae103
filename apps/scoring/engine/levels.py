"""Which level does the evidence of one criterion reach, by rule, and where within it does it stand?

NE  no valid evidence (or 1, with the quote, when the notes say that it is left out)
2   named: a valid unit, or a part on the board
3   specified: the reading reaches `SPECIFIED`, and something concrete stands beside it; a whole
    path where the board alone can show the criterion
4   justified: the reading reaches `JUSTIFIED`, in words of its own, from more than one line or
    more than one kind of ground, in a step that says enough to be judged by

The reading is a sum of what is there, on the scale of the levels. Its weights and limits were
fitted to the marks of the worked answers, always tried on a problem that was left out of the fit;
breadth and the worth of counting were set afterwards, with all marks in view.
What tells a 4 from a 2 is less how many terms of a criterion are met than whether the lines around
them count and weigh.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Final, Literal

from apps.core.json import JsonObject
from apps.scoring.engine.evidence import Found, Showing
from apps.scoring.engine.ground import Ground
from apps.scoring.engine.predicates import Predicates, Shown
from apps.scoring.engine.rubric import Criterion

# What each thing adds to the reading, and up to how many of it.
BASE: Final = 1.64
EACH: Final = {"sides": 0.16, "figures": 0.07, "weighings": 0.04, "parts": 0.25}
MOST: Final = {"sides": 3, "figures": 3, "weighings": 6, "parts": 2}
COUNTING: Final = 1.35
SPECIFIED: Final = 2.6
JUSTIFIED: Final = 3.16
TOP: Final = 4.0
# A 4 takes so many words in the step that stand: a line or two, however dense, tell too little.
ENOUGH_WORDS: Final = 40
# ... and so many lines, or kinds of ground.
BREADTH: Final = 2
# The value at the foot of each level and how far the reading can lift it within the level.
FOOT: Final = {1: 0.0, 2: 0.3, 3: 0.6, 4: 0.86}
SPAN: Final = {1: 0.0, 2: 0.27, 3: 0.25, 4: 0.14}
NOTE_WORDS: Final = 5
# A board alone reaches this, and more only with words.
MOST_OF_BOARD: Final = 3
# So do vectors: nearness to a thought is not the thought.
MOST_OF_VECTORS: Final = 3
# The rules as a reader of the trace is told them.
SHOWN: Final = "A line that counts shows it"
CONCRETE: Final = "Something concrete: a figure, a name or a thing of this problem"
ENOUGH: Final = "What is there adds up to {limit:.2f}"
BROAD: Final = (
    "Two lines show it, or two of: a figure, weighing words, a thing of this problem, a part"
)
WORDS: Final = "The lines of the step that stand have {least} words or more"
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
class Reading:
    """What is there of a criterion. counts: what, up to the most of it that adds."""

    counts: Mapping[str, int]
    counting: float
    ease: float

    @property
    def value(self) -> float:
        """On the scale of the levels."""
        counted = fsum(EACH[what] * count for what, count in self.counts.items())
        return round(BASE + counted + COUNTING * self.counting + self.ease, 4)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the value of a criterion is made of. within: how far the reading is in its level."""

    foot: float
    span: float
    within: float
    trust: float
    substance: float

    @property
    def value(self) -> float:
        return round((self.foot + self.span * self.within) * self.trust * self.substance, 4)

    def as_json(self) -> JsonObject:
        return {
            "foot": self.foot,
            "span": self.span,
            "within": self.within,
            "trust": self.trust,
            "substance": self.substance,
        }


NOTHING: Final = Parts(0.0, 0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Rating:
    """level None is NE. showings: the evidence, best first. value: 0..1, orders within a level."""

    level: int | None
    reading: Reading
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
    reading = reading_of(criterion, found, board)
    rules = (*rules_of_notes(reading, showings, found.ground), *_rules_of_board(criterion, board))
    level = max(reached(rules, "notes"), reached(rules, "board"))
    if level == 0:
        return _unrated(found, reading, rules, board)
    parts = Parts(
        FOOT[level],
        SPAN[level],
        _within(level, reading),
        _trust(showings),
        found.ground.substance if showings else 1.0,
    )
    return Rating(level, reading, parts, rules, showings, board)


def reading_of(criterion: Criterion, found: Found, board: OnBoard) -> Reading:
    there = {
        "sides": len(_facets(found.valid)),
        "figures": sum(len(one.judged.unit.figures) for one in found.valid),
        "weighings": sum(one.unit.weighings for one in found.near),
        "parts": len(board.shown),
    }
    counts = {what: min(MOST[what], count) for what, count in there.items()}
    return Reading(counts, found.ground.counting, criterion.ease)


def reached(rules: Iterable[Rule], by: str) -> int:
    """The highest level whose rules, and those of the levels below it, are all met. 0 for none."""
    unmet = [rule.level for rule in rules if rule.by == by and not rule.met]
    levels = [rule.level for rule in rules if rule.by == by]
    return max((level for level in levels if level < min(unmet, default=5)), default=0)


def _order(showing: Showing) -> tuple[float, int]:
    total = sum(showing.facets.values())
    extra = 0.3 * showing.is_concrete + 0.3 * showing.has_reason
    return (-round(total + extra, 4), showing.judged.unit.unit.start)


def _unrated(found: Found, reading: Reading, rules: tuple[Rule, ...], board: OnBoard) -> Rating:
    left_out = tuple(found.denied[:1]) if not found.refused else ()
    said = Rule(1, "notes", "A line says that it is left out, and none says otherwise", True)
    if left_out:
        return Rating(1, reading, NOTHING, (said, *rules), left_out, board)
    return Rating(None, reading, NOTHING, rules, (), board)


def rules_of_notes(reading: Reading, showings: tuple[Showing, ...], ground: Ground) -> list[Rule]:
    concrete = any(one.is_concrete or one.judged.unit.numbers > 0 for one in showings)
    own_words = not all(showing.by_vector for showing in showings)
    broad = max(len(showings), _kinds(reading, showings)) >= BREADTH
    return [
        Rule(2, "notes", SHOWN, bool(showings)),
        Rule(3, "notes", CONCRETE, concrete),
        Rule(3, "notes", ENOUGH.format(limit=SPECIFIED), reading.value >= SPECIFIED),
        Rule(4, "notes", ENOUGH.format(limit=JUSTIFIED), reading.value >= JUSTIFIED),
        Rule(4, "notes", BROAD, broad),
        Rule(4, "notes", WORDS.format(least=ENOUGH_WORDS), ground.words >= ENOUGH_WORDS),
        Rule(MOST_OF_VECTORS + 1, "notes", SAID, own_words),
    ]


def _rules_of_board(criterion: Criterion, board: OnBoard) -> list[Rule]:
    if not criterion.graph:
        return []
    whole = criterion.graph_only and board.is_whole
    noted = board.has_notes and any(one.is_path for one in board.shown)
    return [
        Rule(2, "board", PART, bool(board.shown)),
        Rule(MOST_OF_BOARD, "board", PATH, whole or noted),
    ]


def _kinds(reading: Reading, showings: Iterable[Showing]) -> int:
    """How many kinds of ground there are for it."""
    counted = sum(reading.counts[what] > 0 for what in ("figures", "weighings", "parts"))
    return counted + any(showing.has_entity for showing in showings)


def _facets(showings: Iterable[Showing]) -> set[int]:
    return {facet for showing in showings for facet in showing.facets}


def _within(level: int, reading: Reading) -> float:
    """How far the reading stands between the limits of its level, 0..1."""
    low, high = {2: (BASE, SPECIFIED), 3: (SPECIFIED, JUSTIFIED), 4: (JUSTIFIED, TOP)}[level]
    return round(min(1.0, max(0.0, (reading.value - low) / (high - low))), 4)


def _trust(showings: tuple[Showing, ...]) -> float:
    """Weak evidence lifts less; the board's evidence is taken as it is."""
    if not showings:
        return 1.0
    return 0.7 + 0.3 * min(1.0, max(showing.strength for showing in showings))
