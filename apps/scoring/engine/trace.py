"""How did a score come about? Everything that its numbers were computed from, as plain JSON.

The form is told in `docs/scoring.md`, "The trace": with it a reader can work out every value, step
score and total by hand.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from apps.core.json import Json, JsonObject
from apps.scoring.engine.annotate import Annotated, Hit
from apps.scoring.engine.evidence import Found, Showing
from apps.scoring.engine.ground import Judged, ground_of
from apps.scoring.engine.levels import (
    BASE,
    COUNTING,
    EACH,
    NOTHING,
    OnBoard,
    Reading,
    state_of,
)
from apps.scoring.engine.report import Verdict
from apps.scoring.engine.rubric import Criterion, Facet, Step

# Rows of a criterion that are kept although they do not count.
OTHER_ROWS: Final = 20


def trace_units(units: Sequence[Judged]) -> list[Json]:
    return [_unit(place, one) for place, one in enumerate(units)]


def trace_ground(step: Step, units: Sequence[Judged]) -> JsonObject:
    """What all lines tell, and how much of what they are worth is left by it."""
    return ground_of(step, units).as_json()


def trace_criterion(verdict: Verdict, board: OnBoard, units: Sequence[Judged]) -> JsonObject:
    criterion, rating = verdict.criterion, verdict.rating
    places = {id(one): place for place, one in enumerate(units)}
    return {
        "evidence": _evidence(criterion, verdict.found, places),
        "board": [
            {
                "predicate": _told(predicate),
                "holds": shown is not None,
                "components": list(shown.components) if shown else [],
            }
            for predicate, shown in zip(criterion.graph, board.held, strict=True)
        ],
        "rules": [rule.as_json() for rule in rating.rules] if rating else [],
        "reading": _reading(rating.reading) if rating else {},
        "parts": (rating.parts if rating else NOTHING).as_json(),
        "value": rating.value if rating else 0.0,
        "level": rating.level if rating else None,
        "state": state_of(rating),
        "confidence": verdict.confidence.as_json(),
    }


def _unit(place: int, judged: Judged) -> JsonObject:
    unit, quality = judged.unit, judged.quality
    guards = zip(quality.reasons, quality.worths, strict=True)
    return {
        "n": place,
        "start": unit.unit.start,
        "end": unit.unit.end,
        "quality": quality.factor,
        "guards": [{"reason": reason, "factor": round(worth, 4)} for reason, worth in guards],
        "block": unit.unit.block,
        "words": len(unit.words),
        "numbers": unit.numbers,
        "weighings": unit.weighings,
        "hollow": round(unit.hollow, 4),
        "fluency": None if unit.fluency is None else round(unit.fluency, 4),
        "figures": len(unit.figures),
        "names": unit.names,
        "entities": unit.entities,
        "reason": bool(unit.reasons),
        "negated": any(hit.negated for hit in unit.hits),
    }


def _reading(reading: Reading) -> JsonObject:
    """The sum that the level is read from, term by term."""
    terms: list[Json] = [
        {"what": what, "count": count, "each": EACH[what]} for what, count in reading.counts.items()
    ]
    terms.append({"what": "counting", "count": reading.counting, "each": COUNTING})
    return {"base": BASE, "ease": reading.ease, "terms": terms, "value": reading.value}


def _evidence(criterion: Criterion, found: Found, places: Mapping[int, int]) -> list[Json]:
    """Every row that counts, and the first of those that do not."""
    valid, crowded = set(map(id, found.valid)), set(map(id, found.crowded))
    rows: list[JsonObject] = []
    for showing in found.everything:
        why = "EXCLUSIVE" if id(showing) in crowded else showing.obstacle
        for facet in criterion.facets:
            row = _row(showing, facet, id(showing) in valid, why)
            if row is not None:
                rows.append({"unit": places[id(showing.judged)], **row})
    others = [row for row in rows if not row["counted"]][:OTHER_ROWS]
    return [row for row in rows if row["counted"] or row in others]


def _row(showing: Showing, facet: Facet, is_valid: bool, why: str) -> JsonObject | None:
    hits = [hit for hit in showing.hits if hit.facet == facet.index]
    best = max(hits, key=lambda hit: (not hit.negated, hit.strength, -hit.start), default=None)
    if best is None and facet.index not in showing.facets:
        return None
    counted = is_valid and facet.index in showing.facets
    return {
        "facet": facet.id,
        "role": facet.role,
        "channel": best.channel if best else "lexical",
        "matched": _matched(showing.judged.unit, best) if best else "?",
        "similarity": best.similarity if best else None,
        "strength": showing.facets.get(facet.index, 0.0),
        "reason": showing.has_reason,
        "counted": counted,
        "why": "" if counted else (why or "NEGATED"),
    }


def _matched(unit: Annotated, hit: Hit) -> str:
    """The phrase of the rubric, or the words of the text that are one."""
    if hit.matched or hit.end <= hit.start:
        return hit.matched
    first, last = unit.tokens[hit.start], unit.tokens[hit.end - 1]
    return unit.unit.clean[first.start : last.end]


def _told(predicate: Mapping[str, Any]) -> str:
    """ "path from user-client to ranker, ranking-service" """
    kind, asked = next((kind, asked) for kind, asked in predicate.items() if kind != "whole")
    return f"{kind} {_arguments(asked)}".strip()


def _arguments(asked: Any) -> str:
    if isinstance(asked, Mapping):
        return " ".join(f"{name} {_arguments(value)}" for name, value in asked.items())
    if isinstance(asked, list):
        return ", ".join(
            f"({_told(one)})" if isinstance(one, Mapping) else str(one) for one in asked
        )
    return str(asked)
