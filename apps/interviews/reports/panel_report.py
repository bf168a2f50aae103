"""The interviewers' report: setup, plan and time, scores with their reasons, diagram, decision.

Accommodations are no part of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from apps.core.errors import Conflict
from apps.core.permissions import Action
from apps.designs.rules import Access, check
from apps.diagrams.domain.rendering import render_document
from apps.diagrams.errors import RenderFailed
from apps.interviews.domain.queries.evidence import (
    Opinion,
    clock_text,
    opinions_on,
    rated_items,
)
from apps.interviews.domain.queries.panel_rows import Cell, Panel, Row, panel_of
from apps.interviews.models import Interview
from apps.interviews.reports.shape import Entry, Fact, Grid, GridRow, Item, Mark, Report, Section
from apps.rooms import reader
from apps.rooms.documents import SCHEMAS, DocumentKey, DocumentName
from apps.rooms.domain.quarantine import open_readable
from apps.rooms.domain.reading import current_document
from apps.rooms.reader import Want


@dataclass(frozen=True)
class Choice:
    """What of the notes goes in."""

    notes: bool = True  # of the debrief
    private_notes: bool = False


def panel_report(interview: Interview, access: Access, choice: Choice) -> Report:
    """Raises Conflict before the asker may see what colleagues think."""
    check(access, Action.EXPORT_RECORD)
    panel = panel_of(interview, access)
    if not panel.sees_peers:
        raise Conflict("The report can be read once your own score card is in.")
    row, design = interview, interview.design
    sections = [_decision(panel), _scores(panel), _diagram(panel), _reasons(panel)]
    if choice.notes:
        sections.append(_notes(panel))
    if choice.private_notes:
        check(access, Action.READ_PRIVATE)
        sections.append(_private_notes(panel))
    return {
        "title": row.candidate_name or design.title,
        "subtitle": f"Interview report: {design.title}",
        "footer": f"{design.title}, rubric {panel.words.rubric.version}",
        "facts": _facts(panel),
        "sections": sections,
    }


def mark(cell: Cell) -> Mark:
    return {"text": cell.text, "level": cell.level}


def nothing() -> Mark:
    return {"text": "", "level": 0}


def _facts(panel: Panel) -> list[Fact]:
    row, design = panel.interview, panel.interview.design
    started = f"{row.started_at:%-d %B %Y, %H:%M %Z}" if row.started_at else "Not started"
    rubric = panel.words.rubric
    facts = {
        "Position": row.position,
        "Held": started,
        "Time": f"{clock_text(panel.elapsed_s)} of {clock_text(panel.planned_s)} planned",
        "Problem": f"{design.problem_title} ({design.problem_id} {design.problem_version})"
        if design.problem_id
        else "",
        "Rubric": f"{rubric.id} {rubric.version}, {row.preset} weights",
        "Why these weights": row.preset_reason,
        "Interviewers": ", ".join(rater.name for rater in panel.raters),
    }
    return [{"name": name, "value": value} for name, value in facts.items() if value]


def _decision(panel: Panel) -> Section:
    decision = panel.decision
    if decision is None:
        return {"title": "Decision", "paragraphs": ["Nothing is decided yet."]}
    signed = decision.sign_offs.select_related("participant")
    names = ", ".join(one.participant.name for one in signed)
    said = (
        f"{panel.words.bands[decision.verdict]}, by {decision.by_name} on {decision.at:%-d %B %Y}."
    )
    return {
        "title": "Decision",
        "paragraphs": [said, decision.reason, *([f"Signed off by {names}."] if names else [])],
    }


def _scores(panel: Panel) -> Section:
    heads = [
        "Step",
        "State",
        "Weight",
        "Planned",
        "Spent",
        *(rater.first_name for rater in panel.raters),
        "Panel",
    ]
    rows = [_grid_row(row) for row in panel.rows]
    across = [mark(cell) for cell in panel.across.cells]
    weight = _plain(f"{panel.across.weight:g} %")
    blank = nothing()
    rows.append(
        {
            "name": "Across the session",
            "cells": [blank, weight, blank, blank, *across, mark(panel.across.panel)],
        }
    )
    grid: Grid = {"heads": heads, "rows": rows}
    return {"title": "Scores", "grid": grid, "paragraphs": _totals(panel)}


def _grid_row(row: Row) -> GridRow:
    times = (_plain(clock_text(seconds)) for seconds in (row.planned_s, row.spent_s))
    return {
        "name": f"{row.number} {row.name}",
        "cells": [
            _plain(row.state),
            _plain(f"{row.weight:g}"),
            *times,
            *(mark(cell) for cell in row.cells),
            mark(row.panel),
        ],
    }


def _plain(text: str) -> Mark:
    return {"text": text, "level": 0}


def _totals(panel: Panel) -> list[str]:
    result = panel.result
    if result is None or panel.total is None:
        return [result.why_no_total] if result and result.why_no_total else []
    lines = [
        f"Total {panel.total:.2f}, {panel.band_name} ({panel.band_range}),"
        f" coverage {100 * result.coverage:.0f} %."
    ]
    if result.flips:
        lines.append(f"The other weights give another band: {panel.other_band_name}.")
    lines += [f"{panel.words.name_of(item)} is at 1 for somebody." for item in result.ones]
    lines += [
        f"{rater.name}: {rater.verdict_name}. {rater.verdict_reason}"
        for rater in panel.raters
        if rater.verdict
    ]
    return lines


def _diagram(panel: Panel) -> Section:
    try:
        document, _ = current_document(panel.interview.design)
        svg = render_document(document, "svg", "light").body.decode()
    except RenderFailed as failure:
        return {"title": "Diagram", "paragraphs": [str(failure)]}
    return {"title": "Diagram", "svg": svg}


def _reasons(panel: Panel) -> Section:
    rated = rated_items(panel)
    wanted = [item for item in panel.words.items.values() if item.id in rated]
    found = opinions_on(panel, [item.id for item in wanted])
    ordered = sorted(wanted, key=lambda item: (item.number or 99, not item.is_step))
    items: list[Item] = [
        {
            "title": item.name if item.is_step else f"{item.name} ({item.id})",
            "entries": [entry_of(opinion) for opinion in found[item.id]],
        }
        for item in ordered
    ]
    return {"title": "Reasons and evidence", "items": items}


def entry_of(opinion: Opinion) -> Entry:
    clocks = [proof.clock for proof in opinion.proofs if proof.clock]
    return {
        "who": opinion.rater.name,
        "cell": mark(opinion.cell),
        "aside": ", ".join([word for word in (opinion.confidence, *clocks) if word]),
        "quotes": [proof.text for proof in opinion.proofs if proof.kind != "moment"],
        "reason": "\n".join([opinion.reason, *_changes(opinion)]).strip(),
    }


def _changes(opinion: Opinion) -> Iterable[str]:
    for change in opinion.changes:
        before = change.state_before or change.level_before or "unrated"
        yield f"Was {before}. Revised: {change.reason}"


def _notes(panel: Panel) -> Section:
    notes = panel.interview.debrief_notes.all()
    lines = [f"{note.author_name}{_about(panel, note.item)}: {note.text}" for note in notes]
    return {"title": "Notes of the debrief", "paragraphs": lines or ["None."]}


def _about(panel: Panel, item: str) -> str:
    return f" on {panel.words.name_of(item)}" if item else ""


def _private_notes(panel: Panel) -> Section:
    """Those that all interviewers share; one's own are nobody else's to print."""
    key = DocumentKey(panel.interview.design_id, DocumentName.PRIVATE)
    opened = open_readable(key)
    notes = reader.read(opened.payloads, SCHEMAS[key.name], {Want.NOTES}).notes
    lines = [f"{panel.words.name_of(step)}: {text}" for step, text in notes.items() if text.strip()]
    return {"title": "Private notes of the interviewers", "paragraphs": lines or ["None."]}
