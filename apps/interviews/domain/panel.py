"""What do the submitted cards of an interview come to? Rows, written anew at each change.

Cards of trainees are left out. A total is by the default weights whatever the interview's own
preset, so that interviews can be compared; the one by equal weights stands beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from apps.content.types import RubricPack
from apps.core import clock
from apps.core.events import Audience, publish
from apps.interviews.aggregation import (
    DEFAULT,
    EQUAL,
    CardScore,
    Rating,
    Result,
    Row,
    aggregate,
    flips,
)
from apps.interviews.aggregation.weighing import WeighedStep, weigh
from apps.interviews.domain.finding import flow_of, rubric_of
from apps.interviews.domain.reading import read
from apps.interviews.models import Evidence, Interview, PanelResult, PanelStep, ScoreCard
from apps.interviews.models import Rating as RatingRow
from apps.scoring.models import ScoreRun

# The machine's 0 to 100 on the scale of people.
_FOOT, _LENGTH = 1.0, 3.0


@dataclass(frozen=True)
class Comparison:
    """The same cards by both presets."""

    default: Result
    equal: Result

    @property
    def flips(self) -> bool:
        return flips(self.default.total, self.equal.total)

    def of(self, preset: str) -> Result:
        return self.equal if preset == EQUAL else self.default

    def card_flips(self, rater: str) -> bool:
        return flips(self.default.cards[rater].total, self.equal.cards[rater].total)

    def cards_of(self, rater: str) -> tuple[CardScore, CardScore]:
        return self.default.cards[rater], self.equal.cards[rater]


def refresh(interview: Interview) -> PanelResult:
    """Called in the transaction of every submission and revision, which holds the interview."""
    rubric = rubric_of(interview.design)
    comparison = compare(interview, comparable(submitted_cards(interview), rubric), rubric)
    interview.panel_steps.all().delete()
    PanelStep.objects.bulk_create(
        _step(interview, item, row) for item, row in comparison.default.rows.items() if row.levels
    )
    result, _ = PanelResult.objects.update_or_create(
        interview=interview, defaults=_result(interview, comparison, rubric)
    )
    publish(interview.design_id, Audience.INTERVIEWERS, "debrief.changed", {})
    return result


def keep_machine_total(interview: Interview) -> None:
    """Of an interview that has a result already; else the first card brings it in."""
    total = _machine_total(interview, rubric_of(interview.design))
    PanelResult.objects.filter(interview=interview).update(machine_total=total)


def submitted_cards(interview: Interview) -> QuerySet[ScoreCard]:
    """Those that count, with their ratings and what they point at, in the order they came."""
    rows = interview.cards.filter(status=ScoreCard.Status.SUBMITTED, is_training=False)
    return with_ratings(rows).order_by("submitted_at", "id")


def with_ratings(cards: QuerySet[ScoreCard]) -> QuerySet[ScoreCard]:
    evidence = Prefetch("evidence", queryset=Evidence.objects.order_by("position"))
    ratings = Prefetch("ratings", queryset=RatingRow.objects.prefetch_related(evidence))
    return cards.select_related("rater").prefetch_related(ratings, "revisions")


def compare(interview: Interview, cards: Iterable[ScoreCard], rubric: RubricPack) -> Comparison:
    rated = {str(card.rater_id): ratings_of(card) for card in cards}
    states = states_of(interview)
    return Comparison(
        aggregate(rubric.data, rated, states, DEFAULT),
        aggregate(rubric.data, rated, states, EQUAL),
    )


def comparable(cards: Iterable[ScoreCard], rubric: RubricPack) -> list[ScoreCard]:
    """Only cards by the same version of the rubric add up."""
    same = (rubric.id, rubric.version)
    return [card for card in cards if (card.rubric_id, card.rubric_version) == same]


def ratings_of(card: ScoreCard) -> dict[str, Rating]:
    return {row.item: Rating(row.level, row.state, row.is_probed) for row in card.ratings.all()}


def states_of(interview: Interview) -> dict[str, str]:
    return {step.id: step.state.value for step in read(interview).steps}


def steps_that_count(interview: Interview, rubric: RubricPack) -> list[WeighedStep]:
    weighing = weigh(rubric.data, states_of(interview), DEFAULT)
    return [step for step in weighing.steps if step.multiplier]


def step_names(interview: Interview) -> dict[str, str]:
    return {step.id: step.name for step in flow_of(interview.design).steps}


def why_no_total(result: Result, names: Mapping[str, str]) -> str:
    return " ".join(one.text(names) for one in result.total.missing)


def machine_run(interview: Interview, rubric: RubricPack) -> ScoreRun | None:
    """The last finished one by the rubric of the panel."""
    runs = ScoreRun.objects.filter(design_id=interview.design_id, status=ScoreRun.Status.DONE)
    same = runs.filter(rubric_id=rubric.id, rubric_version=rubric.version)
    return same.order_by("-created_at").first()


def _step(interview: Interview, item: str, row: Row) -> PanelStep:
    mean, median = row.mean, row.median
    assert mean is not None
    assert median is not None
    return PanelStep(
        interview=interview,
        item=item,
        mean=float(mean),
        median=float(median),
        spread=float(row.spread),
        raters=len(row.levels),
        levels={rater: float(level) for rater, level in row.levels.items()},
    )


def _result(interview: Interview, comparison: Comparison, rubric: RubricPack) -> dict[str, Any]:
    default, equal = comparison.default, comparison.equal
    return {
        "rubric_id": rubric.id,
        "rubric_version": rubric.version,
        "total": default.total.score,
        "total_equal": equal.total.score,
        "band": default.total.band,
        "band_equal": equal.total.band,
        "flips": comparison.flips,
        "coverage": float(default.total.coverage),
        "raters": len(default.cards),
        "ones": list(default.ones),
        "why_no_total": why_no_total(default, step_names(interview)),
        "machine_total": _machine_total(interview, rubric),
        "refreshed_at": clock.now(),
    }


def _machine_total(interview: Interview, rubric: RubricPack) -> float | None:
    run = machine_run(interview, rubric)
    result: Any = run.result if run else None
    score = result["overall"]["score"] if result else None
    return None if score is None else round(_FOOT + _LENGTH * score / 100, 2)
