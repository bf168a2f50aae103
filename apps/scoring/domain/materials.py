"""What is a run scored by? Its document, rubric and problem, for the child that does it."""

from contextlib import suppress
from functools import lru_cache
from typing import Any, Final, cast

from apps.content.build import problem_of
from apps.content.domain import library
from apps.content.domain.versions import pack_at
from apps.content.loader import Pack
from apps.content.types import RubricPack
from apps.core.errors import Invalid, NotFound
from apps.designs.document.types import DesignDocument
from apps.designs.models import DesignSession
from apps.scoring.child import Material
from apps.scoring.models import ScoreRun

LEXICAL: Final = ("lexical",)
BOTH: Final = ("lexical", "semantic")
# States of a step, and what shows a criterion, as documents and rubrics write them.
IN_PLAY: Final = "in_play"
NOT_REACHED: Final = "not_reached"
BOARD_ALONE: Final = ["G"]


def rubric_pinned_by(design: DesignSession) -> RubricPack:
    """The version that the session began with; sessions from before versions were kept go by the
    newest."""
    with suppress(NotFound):
        return library.rubric_at(design.rubric_id, design.rubric_version)
    return library.rubric_for(design.flow_id, design.problem_id)


def material_of(run: ScoreRun) -> Material:
    rubric = library.rubric_at(run.rubric_id, run.rubric_version)
    return Material(run.document, rubric, _problem_of(run.document), run.model_sha256 or None)


def material_by_words(document: DesignDocument, rubric: RubricPack) -> Material:
    return Material(document, rubric, _problem_of(document), model=None)


def as_played(document: DesignDocument, rubric: RubricPack) -> DesignDocument:
    """A step with notes was reached, and one that the board shows when something is drawn, whatever
    the document says: nobody has to keep the state of the steps by hand."""
    drawn = _steps_of_the_board(rubric) if document["board"]["components"] else frozenset()
    steps = [
        {**step, "status": IN_PLAY}
        if step["status"] == NOT_REACHED and (step["notes"].strip() or step["id"] in drawn)
        else step
        for step in document["steps"]
    ]
    return cast(DesignDocument, {**document, "steps": steps})


def _steps_of_the_board(rubric: RubricPack) -> frozenset[str]:
    """Those most of whose criteria are read from the board alone."""
    criteria: Any = rubric.data["criteria"]
    by_step: dict[str, list[bool]] = {}
    for criterion in criteria:
        by_step.setdefault(criterion["step"], []).append(criterion["by"] == BOARD_ALONE)
    return frozenset(step for step, alone in by_step.items() if 2 * sum(alone) > len(alone))


def _problem_of(document: DesignDocument) -> Pack | None:
    asked = document.get("problem")
    # Invalid: an older program's form of a problem, which this one cannot read.
    with suppress(NotFound, Invalid):
        return _readable_problem(asked["id"], asked["version"]) if asked else None
    return None


@lru_cache(maxsize=64)
def _readable_problem(problem_id: str, version: str) -> Pack:
    pack = pack_at("problem", problem_id, version)
    problem_of(pack)
    return pack
