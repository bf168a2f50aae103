"""How is the rating of a criterion told? Level, one sentence, quotes, what is missing, rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from apps.core.json import Json, JsonObject
from apps.scoring.engine.evidence import Found, Showing
from apps.scoring.engine.levels import Rating
from apps.scoring.engine.rubric import Criterion, Rubric, Step

QUOTES: Final = 3
QUESTIONS: Final = 3
TOP_LEVEL: Final = 4


@dataclass(frozen=True, slots=True)
class Report:
    """Tells the criteria of one step.

    notes: the raw text that quotes are cut from. names: what stands on parts and arrows, by id.
    rules: those that ask about a criterion.
    """

    step: Step
    rubric: Rubric
    notes: str
    names: Mapping[str, str]
    rules: Mapping[str, Sequence[str]]

    def criterion(self, criterion: Criterion, rating: Rating | None, found: Found) -> JsonObject:
        if rating is None:
            return _row(criterion, None, "NA", 0.8, self._phrase("NA"), [], [], [])
        rules = list[Json](self.rules[criterion.id])
        if rating.level is None:
            summary = self._why_nothing(found)
            return _row(
                criterion, None, "NE", rating.confidence, summary, [], [criterion.ask], rules
            )
        return _row(
            criterion,
            rating.level,
            "scored",
            rating.confidence,
            self._summary(rating),
            list(self._evidence(rating)),
            self._missing(criterion, rating),
            rules,
        )

    def _phrase(self, key: str) -> str:
        return str(self.rubric.data["phrases"]["summary"][key])

    def _summary(self, rating: Rating) -> str:
        return self._phrase(
            f"{rating.level}{'g' if rating.by_board and not rating.showings else ''}"
        )

    def _why_nothing(self, found: Found) -> str:
        """If only guards stand in the way, the first guard of the best unit says why."""
        reasons = [reason for one in found.refused for reason in one.judged.quality.reasons]
        guarded = self.rubric.data["phrases"]["guarded"]
        return str(guarded[reasons[0]]) if reasons else self._phrase("NE")

    def _evidence(self, rating: Rating) -> Iterator[JsonObject]:
        for showing in rating.showings[:QUOTES]:
            yield self._quote(showing)
        if rating.level == 1:
            return
        ids = dict.fromkeys(id_ for one in rating.board.shown for id_ in one.components)
        for id_ in list(ids)[:QUOTES]:
            yield {"source": "component", "id": id_, "quote": self.names[id_]}
        if not ids:
            yield from self._labels(rating)

    def _quote(self, showing: Showing) -> JsonObject:
        unit = showing.judged.unit.unit
        return {
            "source": "notes",
            "step": self.step.id,
            "start": unit.start,
            "end": unit.end,
            "quote": self.notes[unit.start : unit.end],
        }

    def _labels(self, rating: Rating) -> Iterator[JsonObject]:
        for one in rating.board.shown:
            if one.connection is not None:
                quote = self.names[one.connection]
                yield {"source": "connection", "id": one.connection, "quote": quote}

    def _missing(self, criterion: Criterion, rating: Rating) -> list[Json]:
        """Facets that were not met, as questions; then what the next level asks for."""
        if rating.level == 1:
            return [criterion.ask]
        met = {facet for showing in rating.showings for facet in showing.facets}
        questions = [facet.ask for facet in criterion.facets if facet.index not in met]
        if not rating.showings:
            questions = [criterion.ask, *questions]
        if rating.level != TOP_LEVEL:
            questions.append(self._hint(rating))
        return list[Json](dict.fromkeys(questions))[:QUESTIONS]

    def _hint(self, rating: Rating) -> str:
        hints = self.rubric.data["phrases"]["hint"]
        if not any(showing.is_concrete for showing in rating.showings):
            return str(hints["concrete"])
        argued = any(showing.has_reason for showing in rating.showings)
        return str(hints["more" if argued else "reason"])


def _row(
    criterion: Criterion,
    level: int | None,
    state: str,
    confidence: float,
    summary: str,
    evidence: list[JsonObject],
    missing: list[Json],
    rules: list[Json],
) -> JsonObject:
    return {
        "id": criterion.id,
        "level": level,
        "state": state,
        "confidence": confidence,
        "summary": summary,
        "evidence": list[Json](evidence),
        "missing": missing,
        "rules": rules,
    }
