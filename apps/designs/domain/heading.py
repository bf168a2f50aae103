"""The header of a design document, from the columns of its session."""

from datetime import UTC, datetime
from typing import cast

from apps.core.json import Json
from apps.designs.document.header import Header
from apps.designs.document.limits import MAX_WHOLE_NUMBER
from apps.designs.document.types import ProblemRef
from apps.designs.models import DesignSession


def header_of(design: DesignSession) -> Header:
    extra = {key: _as_imported(value) for key, value in design.extra.items()}
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


def _as_imported(value: Json) -> Json:
    """PostgreSQL gives whole numbers back without their exponent, and so as ints. No document has
    an int of more than 53 bits: such a number was a float."""
    if isinstance(value, dict):
        return {key: _as_imported(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_imported(inner) for inner in value]
    if isinstance(value, int) and abs(value) > MAX_WHOLE_NUMBER:
        return float(value)
    return value


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
