"""How is the rating of a criterion told? Level, one sentence, quotes, what is missing, rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from apps.core.json import Json, JsonObject
from apps.scoring.engine.confidence import Confidence
from apps.scoring.engine.evidence import Found, Showing
from apps.scoring.engine.ground import VALID
from apps.scoring.engine.levels import Rating, state_of
from apps.scoring.engine.rubric import Criterion, Rubric, Step

QUOTES: Final = 3
QUESTIONS: Final = 3
TOP_LEVEL: Final = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """rating: None for a criterion that the problem does not ask for."""

    criterion: Criterion
    rating: Rating | None
    found: Found
    confidence: Confidence
    doubts: Sequence[str]


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

    def criterion(self, verdict: Verdict) -> JsonObject:
        criterion, rating, found = verdict.criterion, verdict.rating, verdict.found
        return {
            "id": criterion.id,
            "level": rating.level if rating else None,
            "state": state_of(rating),
            "confidence": verdict.confidence.value,
            "summary": self._summary(rating, found),
            "evidence": list(self._evidence(rating)) if rating else [],
            "missing": list[Json](self._missing(criterion, rating)) if rating else [],
            "rules": list[Json](self.rules[criterion.id]) if rating else [],
            "guards": list(self._guards(rating, found)) if rating else [],
            "doubts": list[Json](verdict.doubts),
        }

    def _summary(self, rating: Rating | None, found: Found) -> str:
        if rating is None:
            return self._phrase("NA")
        if rating.level is None:
            return self._why_nothing(found)
        by_board = rating.by_board and not rating.showings
        return self._phrase(f"{rating.level}{'g' if by_board else ''}")

    def _phrase(self, key: str) -> str:
        return str(self.rubric.data["phrases"]["summary"][key])

    def _why_nothing(self, found: Found) -> str:
        """If only guards stand in the way, the first guard of the best unit says why."""
        reasons = [reason for one in found.refused for reason in one.judged.quality.reasons]
        guarded = self.rubric.data["phrases"]["guarded"]
        return str(guarded[reasons[0]]) if reasons else self._phrase("NE")

    def _guards(self, rating: Rating, found: Found) -> Iterator[JsonObject]:
        """The lines that would have been evidence, the strongest first, and why they are not."""
        told = set(map(id, (*found.valid, *found.crowded, *rating.showings)))
        refused = [one for one in found.everything if one.bare >= VALID and id(one) not in told]
        refused.sort(key=lambda one: (-one.bare, one.judged.unit.unit.start))
        for one in refused[:QUOTES]:
            yield {"reason": one.obstacle, **self._slice(one)}

    def _evidence(self, rating: Rating) -> Iterator[JsonObject]:
        for showing in rating.showings[:QUOTES]:
            yield {"source": "notes", **self._slice(showing)}
        if rating.level in (None, 1):
            return
        ids = dict.fromkeys(id_ for one in rating.board.shown for id_ in one.components)
        for id_ in list(ids)[:QUOTES]:
            yield {"source": "component", "id": id_, "quote": self.names[id_]}
        if not ids:
            yield from self._labels(rating)

    def _slice(self, showing: Showing) -> JsonObject:
        unit = showing.judged.unit.unit
        quote = self.notes[unit.start : unit.end]
        return {"step": self.step.id, "start": unit.start, "end": unit.end, "quote": quote}

    def _labels(self, rating: Rating) -> Iterator[JsonObject]:
        for one in rating.board.shown:
            if one.connection is not None:
                quote = self.names[one.connection]
                yield {"source": "connection", "id": one.connection, "quote": quote}

    def _missing(self, criterion: Criterion, rating: Rating) -> list[str]:
        """Facets that were not met, as questions; then what leads to the next level."""
        if rating.level in (None, 1):
            return [criterion.ask]
        met = {facet for showing in rating.showings for facet in showing.facets}
        questions = [facet.ask for facet in criterion.facets if facet.index not in met]
        if not rating.showings:
            questions = [criterion.ask, *questions]
        if rating.level == TOP_LEVEL:
            return list(dict.fromkeys(questions))[:QUESTIONS]
        return [*dict.fromkeys(questions[: QUESTIONS - 1]), self._hint(criterion, rating)]

    def _hint(self, criterion: Criterion, rating: Rating) -> str:
        """The criterion's own, or a general one where it has none."""
        if own := criterion.hint.get(str(rating.level)):
            return own
        hints = self.rubric.data["phrases"]["hint"]
        if not any(showing.is_concrete for showing in rating.showings):
            return str(hints["concrete"])
        argued = any(showing.has_reason for showing in rating.showings)
        return str(hints["more" if argued else "reason"])
