"""What does a card say to its rater, and a panel to whoever may see it?"""

from typing import Any

from apps.content.types import RubricPack
from apps.core.json import JsonObject
from apps.core.permissions import Action, Role
from apps.designs.domain.queries.people import people_on
from apps.designs.rules import Access, can
from apps.interviews.aggregation import DEFAULT, EQUAL, CardScore, Result, Row, disagreements
from apps.interviews.aggregation.trace import number, total_trace, trace_of
from apps.interviews.domain import panel, withholding
from apps.interviews.domain.cards.evidence import evidence_json
from apps.interviews.domain.cards.items import rubric_of_card
from apps.interviews.domain.cards.making import own_card
from apps.interviews.domain.cards.submitting import is_signed_off, missing
from apps.interviews.domain.finding import rubric_of
from apps.interviews.models import Interview, Rating, Reveal, Revision, ScoreCard
from apps.scoring.domain.queries.agreement import agreement_label
from apps.scoring.domain.queries.latest import rubric_json, run_json
from apps.scoring.models import ScoreRun


def own_card_json(interview: Interview, access: Access) -> JsonObject:
    """The asker's own card; what it comes to only after a verdict of their own."""
    card = _whole(own_card(interview, access))
    rubric = rubric_of_card(card)
    is_draft = card.status == ScoreCard.Status.DRAFT
    faults = missing(card) if is_draft else []
    is_signed = is_signed_off(interview)
    body: dict[str, Any] = {
        "card": card_json(card),
        "missing": [{"path": fault.path, "reason": fault.reason} for fault in faults],
        "may": {
            "edit": is_draft,
            "submit": is_draft and interview.ended_at is not None and not is_signed,
            "revise": not is_draft and interview.ended_at is not None and not is_signed,
        },
        "formula": _formula(interview, card, rubric, access) if card.verdict else None,
        "rubric": rubric_json(rubric),
    }
    return body


def card_json(card: ScoreCard) -> JsonObject:
    """Ratings by item. The caller checks who may see it, and prefetches them."""
    ratings: dict[str, Any] = {row.item: _rating_json(row) for row in card.ratings.all()}
    return {
        "id": str(card.id),
        "rater": {
            "id": str(card.rater_id),
            "name": card.rater.name,
            "color": card.rater.color,
        },
        "status": card.status,
        "is_training": card.is_training,
        "rubric": {"id": card.rubric_id, "version": card.rubric_version},
        "verdict": card.verdict or None,
        "verdict_reason": card.verdict_reason,
        "verdict_at": _iso(card.verdict_at),
        "updated_at": _iso(card.updated_at),
        "submitted_at": _iso(card.submitted_at),
        "ratings": ratings,
        "revisions": [_revision_json(row) for row in card.revisions.all()],
    }


def panel_json(interview: Interview, access: Access) -> JsonObject:
    """Own card, the others', the machine's: as far as the asker may see them now."""
    why = withholding.why_withheld(interview, access)
    rubric = rubric_of(interview.design)
    body: dict[str, Any] = {
        "withheld": {"peers": why, "machine": why},
        "raters": _raters(interview),
        "own": _own(interview, access),
        "cards": [],
        "result": None,
        "rows": [],
        "disagreements": [],
        "machine": None,
    }
    if why:
        return body
    withholding.reveal(interview, access, Reveal.What.PEERS)
    body |= _peers(interview, rubric)
    if run := panel.machine_run(interview, rubric):
        withholding.reveal(interview, access, Reveal.What.MACHINE)
        body["machine"] = _machine(run, rubric)
    return body


def result_json(result: Result, names: dict[str, str]) -> JsonObject:
    """A total with its arithmetic, the cards behind it, and what must not be averaged away."""
    cards: dict[str, Any] = {rater: trace_of(card) for rater, card in result.cards.items()}
    return {
        "total": total_trace(result.total),
        "why_no_total": panel.why_no_total(result, names),
        "ones": [*result.ones],
        "cards": cards,
    }


def row_json(row: Row) -> JsonObject:
    levels: dict[str, Any] = {rater: number(level) for rater, level in row.levels.items()}
    return {
        "item": row.item,
        "mean": number(row.mean),
        "median": number(row.median),
        "spread": number(row.spread),
        "levels": levels,
    }


def _formula(
    interview: Interview, card: ScoreCard, rubric: RubricPack, access: Access
) -> JsonObject:
    """By both presets. That it was shown is written down."""
    withholding.reveal(interview, access, Reveal.What.BAND)
    comparison = panel.compare(interview, [card], rubric)
    rater, names = str(card.rater_id), panel.step_names(interview)
    default, equal = comparison.cards_of(rater)
    return {
        "preset": interview.preset,
        "default": _card_trace(default, names),
        "equal": _card_trace(equal, names),
        "flips": comparison.card_flips(rater),
    }


def _card_trace(card: CardScore, names: dict[str, str]) -> JsonObject:
    why = " ".join(one.text(names) for one in card.total.missing)
    return {**trace_of(card), "why_no_total": why}


def _peers(interview: Interview, rubric: RubricPack) -> dict[str, Any]:
    cards = list(panel.submitted_cards(interview))
    comparison = panel.compare(interview, panel.comparable(cards, rubric), rubric)
    names = panel.step_names(interview)
    shown = comparison.default
    return {
        "cards": [card_json(card) for card in cards],
        "result": {
            "preset": interview.preset,
            DEFAULT: result_json(shown, names),
            EQUAL: result_json(comparison.equal, names),
            "flips": comparison.flips,
        },
        "rows": [row_json(row) for row in shown.rows.values() if row.levels],
        "disagreements": [row_json(row) for row in disagreements(shown)],
    }


def _machine(run: ScoreRun, rubric: RubricPack) -> JsonObject:
    """With what is known of its agreement with people: unvalidated until it is shown to agree."""
    return {"run": run_json(run), "validation": agreement_label(rubric, run)}


def _own(interview: Interview, access: Access) -> JsonObject | None:
    cards = interview.cards.filter(rater_id=access.participant_id)
    card = panel.with_ratings(cards).first()
    return card_json(card) if card and can(access, Action.RATE) else None


def _raters(interview: Interview) -> list[JsonObject]:
    """Who is expected to give a card, and whose is in: no score."""
    status = dict(interview.cards.values_list("rater_id", "status"))
    people = people_on(interview.design).filter(role__in=[Role.OWNER, Role.INTERVIEWER])
    return [
        {
            "id": str(one.id),
            "name": one.name,
            "color": one.color,
            "status": status.get(one.id),
        }
        for one in people
    ]


def _whole(card: ScoreCard) -> ScoreCard:
    """With its rows at hand, and the interview that the caller has."""
    row = panel.with_ratings(ScoreCard.objects.filter(pk=card.pk)).get()
    row.interview = card.interview
    return row


def _rating_json(row: Rating) -> JsonObject:
    return {
        "item": row.item,
        "kind": row.kind,
        "level": row.level,
        "state": row.state or None,
        "confidence": row.confidence or None,
        "reason": row.reason,
        "is_probed": row.is_probed,
        "evidence": [evidence_json(one) for one in row.evidence.all()],
        "updated_at": _iso(row.updated_at),
    }


def _revision_json(row: Revision) -> JsonObject:
    return {
        "item": row.item,
        "level_before": row.level_before,
        "state_before": row.state_before or None,
        "level_after": row.level_after,
        "state_after": row.state_after or None,
        "reason": row.reason,
        "at": _iso(row.at),
    }


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
