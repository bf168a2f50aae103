"""What does the panel see of an interview? Rows of steps, cells of raters, and what to talk about.

Nothing of a colleague's card or of the machine is read before the asker may see it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.core.permissions import Role
from apps.designs.models import Participant
from apps.designs.rules import Access
from apps.interviews.domain.finding import flow_of
from apps.interviews.domain.queries.rubric_words import STATE_NAMES, Item, Words, words_of
from apps.interviews.domain.reading import read
from apps.interviews.domain.withholding import begun, may_see_machine, may_see_peers, reveal
from apps.interviews.enums import StepState
from apps.interviews.models import (
    Decision,
    Interview,
    PanelResult,
    PanelStep,
    Rating,
    Reveal,
    Revision,
    ScoreCard,
)
from apps.scoring.domain.queries.latest import latest_for_interviewer

APART = 2  # levels between two raters that open an item of the debrief
HEAVY = 3  # weight of a criterion whose 1 is never averaged away
ACROSS = "xc"
TOTAL = "total"
LEVEL_STEP = 100 / 3  # of the machine's 0 to 100, between two levels


@dataclass(frozen=True)
class Rater:
    """total: as the formula has it, once it may be seen."""

    id: str
    name: str
    color: int
    is_me: bool
    has_submitted: bool
    verdict: str = ""
    verdict_name: str = ""
    verdict_reason: str = ""
    verdict_first: bool = True  # it was given before the rater was shown a band
    total: float | None = None
    beside: str = ""

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name


@dataclass(frozen=True)
class Cell:
    """text: "3", "2.7", "NE" or "–". level: 1 to 4 for its colour, 0 without one."""

    text: str = "–"
    level: int = 0
    rater: Rater | None = None


@dataclass(frozen=True)
class Row:
    id: str
    number: int
    name: str
    state: str = ""  # in words, nothing while it is in play
    counts: bool = True
    weight: float = 0.0
    planned_s: float = 0.0
    spent_s: float = 0.0
    cells: Sequence[Cell] = ()
    spread: float | None = None
    panel: Cell = field(default_factory=Cell)
    machine: Cell = field(default_factory=Cell)

    @property
    def is_apart(self) -> bool:
        return (self.spread or 0) >= APART

    @property
    def is_over(self) -> bool:
        return self.spent_s > self.planned_s


@dataclass(frozen=True)
class Topic:
    """kind: "apart", "one" or "question". item: opened in the drawer, "" where there is none."""

    kind: str
    title: str
    detail: str
    item: str = ""
    code: str = ""


@dataclass(frozen=True)
class Panel:
    """The whole of what one asker may see of one interview."""

    interview: Interview
    words: Words
    raters: Sequence[Rater]
    rows: Sequence[Row]
    across: Row
    result: PanelResult | None
    machine_total: float | None
    machine_label: str
    is_validated: bool
    sees_peers: bool
    sees_machine: bool
    topics: Sequence[Topic]
    elapsed_s: float
    planned_s: float
    decision: Decision | None
    revisions: int
    machine: Mapping[str, Any]

    @property
    def submitted(self) -> int:
        return sum(rater.has_submitted for rater in self.raters)

    @property
    def cross_count(self) -> int:
        return len(self.words.criteria_of(""))

    @property
    def all_verdicts_first(self) -> bool:
        return all(rater.verdict_first for rater in self.raters)

    @property
    def is_equal(self) -> bool:
        """The interview counts every step alike; the default weights stand beside it then."""
        return self.interview.preset == Interview.Preset.EQUAL

    @property
    def total(self) -> float | None:
        return self._of(self.is_equal)[0]

    @property
    def other_total(self) -> float | None:
        return self._of(not self.is_equal)[0]

    @property
    def band(self) -> str:
        return self._of(self.is_equal)[1]

    @property
    def band_name(self) -> str:
        return self.words.bands.get(self.band, "")

    @property
    def band_range(self) -> str:
        return self.words.ranges.get(self.band, "")

    @property
    def other_band_name(self) -> str:
        return self.words.bands.get(self._of(not self.is_equal)[1], "")

    def _of(self, is_equal: bool) -> tuple[float | None, str]:
        if self.result is None:
            return None, ""
        if is_equal:
            return self.result.total_equal, self.result.band_equal
        return self.result.total, self.result.band


def panel_of(interview: Interview, access: Access) -> Panel:
    words = words_of(interview)
    sees_peers, sees_machine = (
        may_see_peers(interview, access),
        may_see_machine(interview, access),
    )
    result = PanelResult.objects.filter(interview=interview).first() if sees_peers else None
    steps = {row.item: row for row in interview.panel_steps.all()} if sees_peers else {}
    raters = _raters(interview, access, words, steps, sees_peers)
    machine, label = _machine(interview) if sees_machine else ({}, {})
    own = {} if sees_peers else _own_levels(interview, access)
    rows = _step_rows(interview, words, raters, steps, machine, own)
    return Panel(
        interview=interview,
        words=words,
        raters=raters,
        rows=rows,
        across=_across(words, raters, steps, own),
        result=result,
        machine_total=_machine_total(machine),
        machine_label=str(label.get("text", "")),
        is_validated=bool(label.get("validated")),
        sees_peers=sees_peers,
        sees_machine=sees_machine,
        topics=[
            *_apart(words, raters, steps),
            *_ones(words, raters, result, steps),
            *_questions(machine),
        ],
        elapsed_s=read(interview).elapsed_s,
        planned_s=sum(row.planned_s for row in rows),
        decision=Decision.objects.filter(interview=interview).first() if sees_peers else None,
        revisions=Revision.objects.filter(card__interview=interview).count() if sees_peers else 0,
        machine=machine,
    )


def note_what_is_shown(panel: Panel, access: Access) -> None:
    """Writes down the first look: the order belongs to the record."""
    if panel.sees_peers:
        reveal(panel.interview, access, Reveal.What.PEERS)
        reveal(panel.interview, access, Reveal.What.BAND)
    if panel.sees_machine and panel.machine:
        reveal(panel.interview, access, Reveal.What.MACHINE)


def people_who_rate(interview: Interview) -> list[Participant]:
    """Whoever has begun a card that counts, and every interviewer who could."""
    cards = begun(interview.cards.filter(is_training=False))
    with_card = set(cards.values_list("rater_id", flat=True))
    rows = interview.design.participants.order_by("joined_at")
    return [
        row
        for row in rows
        if row.id in with_card or (row.role == Role.INTERVIEWER and row.removed_at is None)
    ]


def _raters(
    interview: Interview,
    access: Access,
    words: Words,
    steps: Mapping[str, PanelStep],
    sees_peers: bool,
) -> list[Rater]:
    cards = {card.rater_id: card for card in interview.cards.filter(is_training=False)}
    shown = _first_shown_bands(interview)
    totals = steps[TOTAL].levels if TOTAL in steps else {}
    raters = []
    for person in people_who_rate(interview):
        card = cards.get(person.id)
        is_me = person.id == access.participant_id
        is_in = bool(card and card.status == ScoreCard.Status.SUBMITTED)
        verdict = card.verdict if card and (is_me or (sees_peers and is_in)) else ""
        seen_at = shown.get(person.id)
        raters.append(
            Rater(
                id=str(person.id),
                name=person.name,
                color=person.color,
                is_me=is_me,
                has_submitted=is_in,
                verdict=verdict,
                verdict_name=words.bands.get(verdict, ""),
                verdict_reason=card.verdict_reason if card and verdict else "",
                verdict_first=not (
                    card and card.verdict_at and seen_at and seen_at < card.verdict_at
                ),
                total=totals.get(str(person.id)),
                beside=_beside(words, verdict, totals.get(str(person.id))),
            )
        )
    return raters


def _first_shown_bands(interview: Interview) -> dict[Any, Any]:
    rows = interview.reveals.filter(what="band").values_list("participant_id", "at")
    return dict(rows)


def _beside(words: Words, verdict: str, total: float | None) -> str:
    """How far a verdict is from the band of the rater's own total, in words."""
    if not verdict or total is None:
        return ""
    data: Any = words.rubric.data
    least = {band["id"]: band["least"] for band in data["bands"]}
    order = sorted(least, key=lambda band: -least[band])
    band = next((one for one in order if total >= least[one]), order[-1])
    distance = order.index(band) - order.index(verdict)
    counted = {1: "one", 2: "two", 3: "three"}.get(abs(distance))
    return f"{counted} {'above' if distance > 0 else 'below'} the total" if counted else ""


# Rows -------------------------------------------------------------------------------------------


def _step_rows(
    interview: Interview,
    words: Words,
    raters: Sequence[Rater],
    steps: Mapping[str, PanelStep],
    machine: Mapping[str, Any],
    own: Mapping[str, str],
) -> list[Row]:
    played = {step.id: step for step in read(interview).steps}
    minutes = planned_minutes(interview)
    rows = []
    for item in words.steps:
        play = played.get(item.id)
        state = play.state if play else StepState.NOT_REACHED
        multiplier = words.multipliers.get(state, 1.0)
        row = steps.get(item.id)
        rows.append(
            Row(
                id=item.id,
                number=item.number,
                name=item.name,
                state=STATE_NAMES[state],
                counts=multiplier > 0,
                weight=_weight(interview, item, multiplier),
                planned_s=60.0 * minutes.get(item.id, 0),
                spent_s=play.spent_s if play else 0.0,
                cells=_cells(raters, item.id, row, own),
                spread=row.spread if row and row.raters > 1 else None,
                panel=_mean_cell(row),
                machine=_machine_cell(machine, item.id),
            )
        )
    return rows


def planned_minutes(interview: Interview) -> dict[str, int]:
    """The plan of everybody, without what was set for one candidate: that is nobody's business."""
    flow = flow_of(interview.design)
    return {step.id: interview.plan.get(step.id, step.minutes) for step in flow.steps}


def _weight(interview: Interview, item: Item, multiplier: float) -> float:
    if interview.preset == Interview.Preset.EQUAL:
        return 1.0 if multiplier else 0.0
    return item.weight * multiplier


def _across(
    words: Words, raters: Sequence[Rater], steps: Mapping[str, PanelStep], own: Mapping[str, str]
) -> Row:
    row = steps.get(ACROSS)
    return Row(
        id=ACROSS,
        number=0,
        name="Across the session",
        weight=100 * words.cross_share,
        cells=_cells(raters, ACROSS, row, own),
        spread=row.spread if row and row.raters > 1 else None,
        panel=_mean_cell(row),
    )


def _cells(
    raters: Iterable[Rater], item: str, row: PanelStep | None, own: Mapping[str, str]
) -> list[Cell]:
    return [_cell(rater, item, row, own) for rater in raters]


def _cell(rater: Rater, item: str, row: PanelStep | None, own: Mapping[str, str]) -> Cell:
    if row and rater.id in row.levels:
        return level_cell(row.levels[rater.id], rater)
    if rater.is_me and item in own:
        text = own[item]
        return Cell(text, int(text) if text.isdigit() else 0, rater)
    return Cell(rater=rater)


def level_cell(value: float | str | None, rater: Rater | None = None) -> Cell:
    """A whole level without a point, a mean with one figure behind it."""
    if value is None or isinstance(value, str):
        return Cell(value or "–", 0, rater)
    text = f"{value:.0f}" if value == int(value) and rater else f"{value:.1f}"
    return Cell(text, nearest_level(value), rater)


def nearest_level(value: float) -> int:
    return min(4, max(1, int(value + 0.5)))


def _mean_cell(row: PanelStep | None) -> Cell:
    return level_cell(row.mean) if row and row.mean is not None else Cell()


def _own_levels(interview: Interview, access: Access) -> dict[str, str]:
    """Of one's draft: all that somebody sees whose card is not in."""
    if access.participant_id is None:
        return {}
    rows = Rating.objects.filter(
        card__interview=interview, card__rater_id=access.participant_id, kind=Rating.Kind.STEP
    )
    return {row.item: row.state or str(row.level or "–") for row in rows}


# The machine ------------------------------------------------------------------------------------


def _machine(interview: Interview) -> tuple[dict[str, Any], dict[str, Any]]:
    """The reply of the last finished scoring, and what is known of its agreement with people."""
    latest: Any = latest_for_interviewer(interview.design)
    run = latest["scored"] or latest["run"]
    return (run or {}).get("result") or {}, latest["validation"]


def _machine_cell(machine: Mapping[str, Any], step: str) -> Cell:
    score = machine.get("steps", {}).get(step, {}).get("score")
    return Cell() if score is None else level_cell(1 + score / LEVEL_STEP)


def _machine_total(machine: Mapping[str, Any]) -> float | None:
    score = machine.get("overall", {}).get("score")
    return None if score is None else 1 + float(score) / LEVEL_STEP


# What to talk about -----------------------------------------------------------------------------


def _apart(
    words: Words, raters: Sequence[Rater], steps: Mapping[str, PanelStep]
) -> Iterable[Topic]:
    """The widest first. Rows that sum others up (the total, the block across) are no items."""
    wide = [row for row in steps.values() if row.spread >= APART and row.item in words.items]
    for row in sorted(wide, key=lambda row: (-row.spread, row.item)):
        item = words.items[row.item]
        levels = [_figure(row.levels[one.id]) for one in raters if one.id in row.levels]
        about = "the step" if item.is_step else f"a criterion of weight {item.weight:.0f}"
        yield Topic(
            kind="apart",
            title=f"{item.name}: {_against(levels)}",
            detail=f"{_figure(row.spread)} apart in {about}.",
            item=item.id,
        )


def _against(levels: Sequence[str]) -> str:
    first, rest = levels[0], levels[1:]
    return f"{first} against {' and '.join(rest)}" if rest else first


def _ones(
    words: Words,
    raters: Sequence[Rater],
    result: PanelResult | None,
    steps: Mapping[str, PanelStep],
) -> Iterable[Topic]:
    for criterion in result.ones if result else ():
        levels = steps[criterion].levels if criterion in steps else {}
        names = [rater.first_name for rater in raters if levels.get(rater.id) == 1]
        by = f" by {' and '.join(names)}" if names else ""
        yield Topic(
            kind="one",
            title=f"Never averaged away: {words.name_of(criterion)} at 1{by}",
            detail=f"Listed by name because it has weight {HEAVY}.",
            item=criterion,
            code=criterion,
        )


def _questions(machine: Mapping[str, Any]) -> Iterable[Topic]:
    for finding in machine.get("findings", ()):
        yield Topic(
            kind="question",
            title=str(finding["question"]),
            detail=f"Graph rule {finding['rule']}. A question, so no deduction.",
            code=str(finding["rule"]),
        )


def _figure(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"
