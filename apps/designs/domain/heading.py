"""The header of a design document, from the columns of its session."""

from datetime import UTC, datetime
from typing import cast

from apps.core.json import Json
from apps.designs.document.header import Header
from apps.designs.document.types import ProblemRef
from apps.designs.models import DesignSession


def header_of(design: DesignSession) -> Header:
    extra = dict(design.extra)
    comments = extra.pop("comments", [])
    return Header(
        id=str(design.id),
        title=design.title,
        created_at=_moment(design.created_at),
        updated_at=_moment(design.updated_at),
        flow={"id": design.flow_id, "version": design.flow_version},
        problem=_problem(design),
        comments=cast(list[Json], comments),
        extra=extra,
    )


def _problem(design: DesignSession) -> ProblemRef | None:
    problem: ProblemRef = {
        "id": design.problem_id,
        "version": design.problem_version,
        "title": design.problem_title,
        "prompt": design.problem_prompt,
    }
    return problem if any(problem.values()) else None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
