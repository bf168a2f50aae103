"""How far does the engine of today agree with people? Their ratings read, compared, kept.

The comparison itself is plain Python, in `apps.scoring.agreement`.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from apps.content.types import Problem, RubricPack
from apps.core.json import JsonObject
from apps.scoring.agreement.folder import BadFolder, Exported, FileFault, read_folder
from apps.scoring.agreement.levels import RatedSession, levels_of, step_of
from apps.scoring.agreement.report import report_of
from apps.scoring.agreement.validation import verdict
from apps.scoring.domain.engines import engine, given_for
from apps.scoring.engine.interface import Vectors
from apps.scoring.models import Evaluation

FORMAT: Final = "ninestep/agreement"
VERSION: Final = 1


def evaluate(folder: Path, vectors: Vectors | None = None) -> JsonObject:
    """The report on the rated sessions of a folder. Raises BadFolder with all that is wrong."""
    sessions = read_folder(folder)
    given = [given_for(session.document) for session in sessions]
    rubric = given[0][0]
    if faults := list(_faults(sessions, given, rubric)):
        raise BadFolder(faults)
    scored = [
        engine().start(session.document, rubric, problem, vectors).reply()
        for session, (_, problem) in zip(sessions, given, strict=True)
    ]
    rated = [
        RatedSession(session.name, levels_of(reply), session.people)
        for session, reply in zip(sessions, scored, strict=True)
    ]
    model = vectors.model if vectors else None
    return _report(rubric, scored[0], model, report_of(rated, step_of(rubric)))


def save(report: Any) -> Evaluation:
    return Evaluation.objects.create(
        rubric_id=report["rubric"]["id"],
        rubric_sha256=report["rubric"]["sha256"],
        engine_id=report["engine"]["id"],
        engine_version=report["engine"]["version"],
        channels=report["channels"],
        report=report,
    )


def _report(rubric: RubricPack, reply: Any, model: str | None, compared: JsonObject) -> JsonObject:
    return {
        "format": FORMAT,
        "version": VERSION,
        "validation": verdict(compared),
        "rubric": {"id": rubric.id, "version": rubric.version, "sha256": rubric.sha256},
        "engine": reply["engine"],
        "channels": reply["channels"],
        "model": model,
        **compared,
    }


def _faults(
    sessions: Sequence[Exported],
    given: Iterable[tuple[RubricPack, Problem | None]],
    rubric: RubricPack,
) -> Iterator[FileFault]:
    """Ratings by another rubric than the engine's, or of criteria that it does not have."""
    for session, (own, _) in zip(sessions, given, strict=True):
        if own.id != rubric.id:
            reason = f"goes by the rubric {own.id}, {sessions[0].name} by {rubric.id}"
            yield session.fault(("rubric",), f"{reason}; compare them apart")
        else:
            yield from _rubric_faults(session, rubric)


def _rubric_faults(session: Exported, rubric: RubricPack) -> Iterator[FileFault]:
    rubric_id, version = session.rubric
    if rubric_id != rubric.id:
        reason = f"is {rubric_id}, but the design goes by {rubric.id}"
        yield session.fault(("rubric", "id"), reason)
        return
    if _edition(version) != _edition(rubric.version):
        reason = f"is {version}, which cannot be compared with {rubric.version}"
        yield session.fault(("rubric", "version"), reason)
    criteria: Any = rubric.data["criteria"]
    known = {item["id"] for item in criteria}
    for number, levels in enumerate(session.people.values()):
        for criterion in levels:
            if criterion not in known:
                reason = f"is no criterion of {rubric.id} {rubric.version}"
                yield session.fault(("ratings", number, "levels", criterion), reason)


def _edition(version: str) -> str:
    """Criteria keep their meaning while the first number stays."""
    return version.partition(".")[0]
