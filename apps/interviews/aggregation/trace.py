"""The arithmetic, opened: each figure with the sum that it came from."""

from fractions import Fraction
from typing import Any

from apps.core.json import JsonObject
from apps.interviews.aggregation.card import CardScore, StepScore
from apps.interviews.aggregation.totals import Share, Total


def trace_of(card: CardScore) -> JsonObject:
    """Of one person's card."""
    return {
        "steps": [step_trace(one) for one in card.steps],
        "cross": step_trace(card.cross),
        "total": total_trace(card.total),
        "ones": [*card.ones],
    }


def step_trace(one: StepScore) -> JsonObject:
    terms: list[Any] = [
        {
            "item": term.item,
            "weight": float(term.weight),
            "level": term.level,
            "is_unanswered": term.is_unanswered,
        }
        for term in one.terms
    ]
    return {
        "id": one.step.id,
        "state": one.step.state,
        "weight": float(one.step.weight),
        "multiplier": float(one.step.multiplier),
        "score": number(one.score),
        "gap": one.gap,
        "is_direct": one.is_direct,
        "rated_weight": float(one.rated),
        "whole_weight": float(one.whole),
        "terms": terms,
        "sum": _step_sum(one),
    }


def total_trace(total: Total) -> JsonObject:
    shares: list[Any] = [
        {"step": one.step, "share": number(one.share), "score": number(one.score)}
        for one in total.shares
    ]
    return {
        "score": total.score,
        "band": total.band,
        "coverage": number(total.coverage),
        "steps_part": number(total.steps_part),
        "cross": number(total.cross),
        "cross_share": float(total.cross_share),
        "shares": shares,
        "sum": _total_sum(total),
    }


def number(value: Fraction | None) -> float | None:
    """To four decimals, for reading."""
    return None if value is None else round(float(value), 4)


def _step_sum(one: StepScore) -> str:
    """ "(3 × 2 + 2 × 4) / 5 = 2.8"; empty for a step that has no sum."""
    if one.score is None or one.is_direct:
        return ""
    products = " + ".join(f"{_plain(term.weight)} × {term.level}" for term in one.terms)
    return f"({products}) / {_plain(one.rated)} = {_plain(one.score)}"


def _total_sum(total: Total) -> str:
    if total.exact is None or total.steps_part is None:
        return ""
    if total.cross is None:
        return f"{_parts(total.shares)} = {total.score:.2f}"
    steps, across = _plain(1 - total.cross_share), _plain(total.cross_share)
    return (
        f"{steps} × ({_parts(total.shares)}) + {across} × {_plain(total.cross)} = {total.score:.2f}"
    )


def _parts(shares: tuple[Share, ...]) -> str:
    return " + ".join(f"{_plain(one.share)} × {_plain(one.score)}" for one in shares)


def _plain(value: Fraction) -> str:
    return f"{round(float(value), 4):g}"
