"""Which level did the machine give each step? Written down when a card comes in or is compared."""

from collections.abc import Iterator
from typing import Any, Final

from apps.interviews.domain.finding import rubric_of
from apps.interviews.models import Interview, MachineStep
from apps.scoring.models import ScoreRun

SCORED: Final = "scored"


def keep_machine_steps(interview: Interview) -> None:
    """Those of the newest finished run by the interview's rubric, in place of earlier ones."""
    rubric = rubric_of(interview.design)
    runs = ScoreRun.objects.filter(
        design_id=interview.design_id,
        status=ScoreRun.Status.DONE,
        rubric_id=rubric.id,
        rubric_version=rubric.version,
    )
    run = runs.order_by("-created_at").defer("document").first()
    if run is None:
        return
    data: Any = rubric.data
    weights = {one["id"]: one["weight"] for one in data["criteria"]}
    MachineStep.objects.filter(interview=interview).delete()
    MachineStep.objects.bulk_create(
        MachineStep(
            interview=interview,
            item=step,
            level=level,
            engine_id=run.engine_id,
            engine_version=run.engine_version,
        )
        for step, level in _levels(run.result, weights)
    )


def _levels(result: Any, weights: dict[str, int]) -> Iterator[tuple[str, float]]:
    """Steps with at least one level; where there was no evidence there is no number."""
    for step, body in result["steps"].items():
        rated = [(weights.get(one["id"], 1), one["level"]) for one in body["criteria"]]
        heavy = [(weight, level) for weight, level in rated if level]
        if heavy:
            total = sum(weight for weight, _ in heavy)
            yield step, sum(weight * level for weight, level in heavy) / total
