"""What the debrief and the reports draw: cells of the heat map, bars of time, marks of levels."""

from django import template
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from apps.interviews.domain.queries.evidence import clock_text
from apps.interviews.domain.queries.panel_rows import Cell, Panel, Row
from apps.interviews.reports.shape import Item, Section

register = template.Library()

LONGEST_BAR_S = 9.5 * 60
BAR_PX = 76
TAGS = {"strong_yes": "tag--good", "yes": "tag--good", "no": "tag--warn", "strong_no": "tag--warn"}


@register.filter
def clock(seconds: float) -> str:
    return clock_text(seconds)


@register.filter
def percent(share: float) -> str:
    return f"{100 * share:.0f}"


@register.filter
def verdict_tag(verdict: str) -> str:
    return TAGS.get(verdict, "")


@register.simple_tag
def verdict_name(panel: Panel, verdict: str) -> str:
    return panel.words.bands.get(verdict, verdict)


@register.simple_tag
def heat_cell(cell: Cell, row: Row, view: str) -> SafeString:
    """One rater's level of a step: opens the drawer."""
    if cell.text == "–":
        return plain_cell(cell)
    who = cell.rater.name if cell.rater else ""
    return format_html(
        '<a class="hc lv-{}" href="?{}" data-soft aria-label="{}, {}: {}">{}</a>',
        cell.level or "ne",
        urlencode({"view": view, "item": row.id}),
        who,
        row.name,
        cell.text,
        cell.text,
    )


@register.simple_tag
def plain_cell(cell: Cell, shape: str = "") -> SafeString:
    colour = f"lv-{cell.level}" if cell.level else "lv-ne" if cell.text in {"NE", "NA"} else "sk"
    return format_html('<span class="hc {} {}">{}</span>', shape, colour, cell.text)


@register.simple_tag
def level_mark(cell: Cell) -> SafeString:
    return format_html('<span class="lv lv-{}">{}</span>', cell.level or "ne", cell.text)


@register.simple_tag
def time_bar(row: Row) -> SafeString:
    """Drawn, since the page's policy takes no styles from the markup."""
    planned, spent = _width(row.planned_s), _width(row.spent_s)
    return format_html(
        '<span class="row"><svg class="time-bar" width="76" height="8" aria-hidden="true">'
        '<rect class="time-plan" width="{}" height="8" rx="2"/>'
        '<rect class="{}" y="2" width="{}" height="4" rx="2"/></svg>'
        '<span class="t12 t2 num"><span class="sr">planned {}, spent </span>{}</span></span>',
        planned,
        "time-over" if row.is_over else "time-spent",
        spent,
        clock_text(row.planned_s),
        clock_text(row.spent_s),
    )


def _width(seconds: float) -> str:
    return f"{min(seconds / LONGEST_BAR_S, 1) * BAR_PX:.1f}"


@register.filter
def entries(section: Section) -> list[Item]:
    """`section.items` would be the method of the dictionary."""
    return section.get("items", [])
