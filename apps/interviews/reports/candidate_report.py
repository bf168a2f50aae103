"""The candidate's report: what the owner chooses to release, at a link that can be revoked.

What is released is copied at that moment. The link leads to the copy alone, so that nothing that
was not chosen is in reach of its holder, and later changes of the record do not leak into it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from apps.core import clock
from apps.core.errors import Conflict, Fault, Invalid, NotFound
from apps.core.ids import new_token, token_hash
from apps.core.permissions import Action
from apps.designs.domain.links import DeadLink
from apps.designs.rules import Access, check
from apps.interviews import signals
from apps.interviews.domain.decision import decision_of
from apps.interviews.domain.queries.evidence import Opinion, opinions_on, rated_items
from apps.interviews.domain.queries.panel_rows import Panel, level_cell, panel_of
from apps.interviews.models import Interview, ReleasedReport
from apps.interviews.reports.panel_report import mark, nothing
from apps.interviews.reports.shape import Entry, Report, Section

LONGEST_MESSAGE = 4000


@dataclass(frozen=True)
class Release:
    """items: steps and criteria, by id. Everything else is left out unless chosen."""

    items: Sequence[str]
    message: str = ""
    levels: bool = False
    reasons: bool = False
    evidence: bool = False
    names: bool = False
    verdict: bool = False


def release(interview: Interview, by: Access, chosen: Release) -> tuple[ReleasedReport, str]:
    """The report and its token, of which only a hash is kept.

    Raises Conflict before the asker may see the cards, Invalid for what nobody rated.
    """
    check(by, Action.RELEASE_REPORT)
    panel = panel_of(interview, by)
    if not panel.sees_peers:
        raise Conflict("A report can be released once the cards are in.")
    _check(panel, chosen)
    token = new_token()
    with transaction.atomic():
        report = ReleasedReport.objects.create(
            interview=interview,
            token_hash=token_hash(token),
            body=_body(panel, chosen),
            released_by=by.name,
            released_at=clock.now(),
        )
        signals.report_released.send(Interview, interview=interview, by_name=by.name)
    return report, token


def revoke(interview: Interview, by: Access, report_id: UUID) -> None:
    """Its link and every page that it opened are dead at once. Raises NotFound."""
    check(by, Action.RELEASE_REPORT)
    with transaction.atomic():
        rows = ReleasedReport.objects.filter(interview=interview, id=report_id, revoked_at=None)
        if not rows.update(revoked_at=clock.now()):
            raise NotFound("There is no such report.")
        signals.report_revoked.send(Interview, interview=interview, by_name=by.name)


def exchange(token: str) -> ReleasedReport:
    """Raises DeadLink, alike for a token that never was and for one that was revoked."""
    found = ReleasedReport.objects.filter(token_hash=token_hash(token), revoked_at=None).first()
    if found is None:
        raise DeadLink
    return found


def open_released(report_id: UUID) -> ReleasedReport:
    """For who has exchanged its token. Raises DeadLink once it is revoked."""
    found = ReleasedReport.objects.filter(id=report_id, revoked_at=None).first()
    if found is None:
        raise DeadLink
    return found


def items_to_release(panel: Panel) -> list[tuple[str, str]]:
    """Id and name of what somebody rated, in the order of the steps."""
    rated = rated_items(panel)
    items = [item for item in panel.words.items.values() if item.id in rated]
    items.sort(key=lambda item: (item.number or 99, not item.is_step))
    return [(item.id, item.name) for item in items]


def _check(panel: Panel, chosen: Release) -> None:
    known = {item for item, _ in items_to_release(panel)}
    unknown = [item for item in chosen.items if item not in known]
    if unknown:
        raise Invalid(f"Nobody rated {unknown[0]!r}.", [Fault("$.items", "Not rated.")])
    if not chosen.items and not chosen.message.strip():
        raise Invalid("Choose what to release, or write a message.")
    if len(chosen.message) > LONGEST_MESSAGE:
        raise Invalid(f"The message is longer than {LONGEST_MESSAGE:,} characters.")


def _body(panel: Panel, chosen: Release) -> Report:
    design = panel.interview.design
    sections: list[Section] = []
    if chosen.message.strip():
        sections.append({"title": "From the interviewers", "paragraphs": [chosen.message.strip()]})
    if chosen.verdict and (decision := decision_of(panel.interview)):
        name = panel.words.bands[decision.verdict]
        sections.append({"title": "Decision", "paragraphs": [name]})
    if chosen.items:
        sections.append(_by_criterion(panel, chosen))
    started = panel.interview.started_at
    return {
        "title": design.title,
        "subtitle": f"Interview on {started:%-d %B %Y}" if started else "Interview",
        "footer": design.title,
        "facts": [],
        "sections": sections,
    }


def _by_criterion(panel: Panel, chosen: Release) -> Section:
    wanted = [one for one in items_to_release(panel) if one[0] in chosen.items]
    opinions = opinions_on(panel, [item for item, _ in wanted])
    return {
        "title": "By criterion",
        "items": [
            {"title": name, "entries": _entries(panel, item, opinions[item], chosen)}
            for item, name in wanted
        ],
    }


def _entries(panel: Panel, item: str, opinions: Sequence[Opinion], chosen: Release) -> list[Entry]:
    """By name each rater's own; without names, what the panel says together."""
    if chosen.names:
        return [_named(opinion, chosen) for opinion in opinions]
    quotes = [proof.text for one in opinions for proof in one.proofs if proof.kind != "moment"]
    reasons = [one.reason for one in opinions if one.reason]
    row = panel.interview.panel_steps.filter(item=item).first()
    cell = mark(level_cell(row.median)) if row and chosen.levels else nothing()
    return [
        {
            "who": "",
            "cell": cell,
            "aside": "",
            "quotes": list(dict.fromkeys(quotes)) if chosen.evidence else [],
            "reason": "\n".join(reasons) if chosen.reasons else "",
        }
    ]


def _named(opinion: Opinion, chosen: Release) -> Entry:
    quotes = [proof.text for proof in opinion.proofs if proof.kind != "moment"]
    return {
        "who": opinion.rater.name,
        "cell": mark(opinion.cell) if chosen.levels else nothing(),
        "aside": "",
        "quotes": quotes if chosen.evidence else [],
        "reason": opinion.reason if chosen.reasons else "",
    }
