"""What is known of the engine's agreement with people? The last evaluation and its verdict."""

from typing import Final

from apps.content.types import RubricPack
from apps.core.json import JsonObject
from apps.scoring.domain.engines import engine
from apps.scoring.models import Evaluation, ScoreRun

NEVER: Final = "Not validated: never compared with people's ratings here."
ANOTHER: Final = "Not validated: only another version was compared with people's ratings."


def latest_evaluation() -> Evaluation | None:
    return Evaluation.objects.order_by("-created_at").first()


def agreement_label(rubric: RubricPack, run: ScoreRun | None) -> JsonObject:
    """`{"validated", "text"}` for a score by this rubric. Another rubric, engine or set of channels
    than those of the run would be another instrument."""
    newest = Evaluation.objects.filter(rubric_id=rubric.id).order_by("-created_at").first()
    if newest is None:
        return {"validated": False, "text": NEVER}
    if not _is_of(newest, rubric, run):
        return {"validated": False, "text": ANOTHER}
    return dict(newest.report["validation"])


def _is_of(evaluation: Evaluation, rubric: RubricPack, run: ScoreRun | None) -> bool:
    now = engine()
    compared = (evaluation.rubric_sha256, evaluation.engine_id, evaluation.engine_version)
    if run is None:
        return compared == (rubric.sha256, now.id, now.version)
    scored = (run.rubric_sha256, run.engine_id, run.engine_version)
    return compared == scored and evaluation.channels == run.channels.split("+")
