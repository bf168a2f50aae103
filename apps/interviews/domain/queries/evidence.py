"""Why does each rater think so? The evidence on one item, and where in the replay it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.core.permissions import Action
from apps.designs.rules import Access, can
from apps.interviews.domain.queries.moments import Replay
from apps.interviews.domain.queries.panel_rows import Cell, Panel, Rater, level_cell
from apps.interviews.domain.queries.rubric_words import Item
from apps.interviews.enums import Confidence
from apps.interviews.models import DebriefNote, Evidence, Rating, Revision, ScoreCard

CONFIDENCES = {
    Confidence.LOW: "low confidence",
    Confidence.MID: "mid confidence",
    Confidence.HIGH: "high confidence",
}


@dataclass(frozen=True)
class Proof:
    """kind: "quote", "part" or "moment". at: second of the replay. clock: as 31:12, or nothing."""

    kind: str
    text: str
    clock: str = ""
    at: int | None = None
    rule: str = ""


@dataclass(frozen=True)
class Opinion:
    """One rater on one item; changes: earlier levels with the reasons to leave them."""

    rater: Rater
    cell: Cell
    confidence: str
    reason: str
    is_probed: bool
    proofs: Sequence[Proof]
    changes: Sequence[Revision]


@dataclass(frozen=True)
class MachineOpinion:
    cell: Cell
    summary: str
    quotes: Sequence[str]
    missing: Sequence[str]


@dataclass(frozen=True)
class Drawer:
    """parts: the criteria below a step that somebody rated."""

    item: Item
    opinions: Sequence[Opinion]
    machine: MachineOpinion | None
    notes: Sequence[DebriefNote]
    mine: Opinion | None
    parts: Sequence[Item]
    before: str
    after: str
    may_revise: bool


def drawer_of(panel: Panel, access: Access, item_id: str) -> Drawer | None:
    """None for what is no step or criterion."""
    item = panel.words.items.get(item_id)
    if item is None:
        return None
    opinions = opinions_on(panel, [item.id])[item.id]
    mine = next((opinion for opinion in opinions if opinion.rater.is_me), None)
    rated = rated_items(panel)
    before, after = _neighbours(panel, item.id, rated)
    notes = panel.interview.debrief_notes.filter(item=item.id) if panel.sees_peers else []
    return Drawer(
        item=item,
        opinions=opinions,
        machine=_machine_on(panel, item),
        notes=list(notes),
        mine=mine,
        parts=[part for part in panel.words.criteria_of(item.id) if part.id in rated]
        if item.is_step
        else [],
        before=before,
        after=after,
        may_revise=bool(mine and mine.rater.has_submitted and can(access, Action.RATE)),
    )


def opinions_on(panel: Panel, items: Iterable[str]) -> dict[str, list[Opinion]]:
    """By item, in the order of the raters. Only one's own before peers may be seen."""
    wanted = list(items)
    raters = {rater.id: rater for rater in panel.raters}
    rows = _ratings(panel).filter(item__in=wanted)
    changes = _changes(panel, wanted)
    replay = Replay(panel.interview)
    found: dict[str, list[Opinion]] = {item: [] for item in wanted}
    for row in rows:
        rater = raters.get(str(row.card.rater_id))
        if rater:
            found[row.item].append(_opinion(row, rater, replay, changes))
    order = list(raters)
    for opinions in found.values():
        opinions.sort(key=lambda opinion: order.index(opinion.rater.id))
    return found


def rated_items(panel: Panel) -> set[str]:
    return set(_ratings(panel).values_list("item", flat=True))


def clock_text(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _ratings(panel: Panel) -> Any:
    rows = Rating.objects.filter(card__interview=panel.interview, card__is_training=False)
    if panel.sees_peers:
        submitted = rows.filter(card__status=ScoreCard.Status.SUBMITTED)
    else:
        mine = [UUID(rater.id) for rater in panel.raters if rater.is_me]
        submitted = rows.filter(card__rater_id__in=mine)
    return submitted.select_related("card").prefetch_related("evidence")


def _changes(panel: Panel, items: Sequence[str]) -> dict[tuple[Any, str], list[Revision]]:
    found: dict[tuple[Any, str], list[Revision]] = {}
    for row in Revision.objects.filter(card__interview=panel.interview, item__in=items):
        found.setdefault((row.card_id, row.item), []).append(row)
    return found


def _opinion(
    row: Rating,
    rater: Rater,
    replay: Replay,
    changes: dict[tuple[Any, str], list[Revision]],
) -> Opinion:
    return Opinion(
        rater=rater,
        cell=level_cell(row.level if row.level is not None else row.state or None, rater),
        confidence=CONFIDENCES.get(Confidence(row.confidence), "") if row.confidence else "",
        reason=row.reason,
        is_probed=row.is_probed,
        proofs=[_proof(one, replay) for one in row.evidence.all()],
        changes=changes.get((row.card_id, row.item), []),
    )


def _proof(row: Evidence, replay: Replay) -> Proof:
    """Pointers come from browsers: whatever is missing in one is left out."""
    pointer = row.pointer if isinstance(row.pointer, dict) else {}
    clock = clock_text(row.clock_s) if row.clock_s is not None else ""
    at = replay.second_of(row.clock_s)
    match row.kind:
        case Evidence.Kind.NOTE:
            return Proof("quote", str(pointer.get("quote", "")), clock, at)
        case Evidence.Kind.MOMENT:
            return Proof("moment", "A moment of the session", clock, at)
        case _:
            return Proof("part", str(pointer.get("name") or pointer.get("id", "")), clock, at)


def _machine_on(panel: Panel, item: Item) -> MachineOpinion | None:
    if not panel.sees_machine or not panel.machine:
        return None
    step = panel.machine.get("steps", {}).get(item.step, {})
    if item.is_step:
        row = next((row.machine for row in panel.rows if row.id == item.id), Cell())
        return MachineOpinion(row, "The mean of its criteria.", (), ())
    found: Any = next((one for one in step.get("criteria", ()) if one["id"] == item.id), None)
    if found is None:
        return None
    level = found["level"]
    return MachineOpinion(
        cell=Cell(str(level), level) if level else Cell(found["state"]),
        summary=found["summary"],
        quotes=[one["quote"] for one in found["evidence"]],
        missing=found["missing"],
    )


def _neighbours(panel: Panel, item: str, rated: set[str]) -> tuple[str, str]:
    """What stands before and after it: each step, then its rated criteria, then those across."""
    order: list[str] = []
    for step in panel.words.steps:
        order += [step.id, *(one.id for one in panel.words.criteria_of(step.id) if one.id in rated)]
    order += [one.id for one in panel.words.criteria_of("")]
    here = order.index(item) if item in order else 0
    return (order[here - 1] if here else "", order[here + 1] if here + 1 < len(order) else "")
