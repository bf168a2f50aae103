"""The interview on a design, the flow it goes through, the problem it is about."""

from contextlib import suppress
from uuid import UUID

from apps.content import registry
from apps.content.domain import library
from apps.content.types import Flow, Problem, RubricPack
from apps.core.errors import Invalid, NotFound
from apps.designs.models import DesignSession
from apps.interviews.models import Interview


def interview_of(design_id: UUID) -> Interview:
    """Raises NotFound: practice has none. The caller checks the access."""
    found = find_interview(design_id)
    if found is None:
        raise NotFound("There is no interview on this design.")
    return found


def find_interview(design_id: UUID) -> Interview | None:
    rows = Interview.objects.select_related("design", "accommodation")
    return rows.filter(design_id=design_id).first()


def flow_of(design: DesignSession) -> Flow:
    """The version that the session began with, else the newest. Raises NotFound."""
    # Invalid: an older program's form of a flow, which this one cannot read.
    with suppress(NotFound, Invalid):
        return library.flow_at(design.flow_id, design.flow_version)
    return registry.flow(design.flow_id)


def problem_of(design: DesignSession) -> Problem | None:
    """None without one, and where this server does not have it (any more)."""
    with suppress(NotFound, Invalid):
        if design.problem_id:
            return library.problem_at(design.problem_id, design.problem_version)
    return None


def rubric_of(design: DesignSession) -> RubricPack:
    """The version that the session began with, else the newest."""
    with suppress(NotFound):
        return library.rubric_at(design.rubric_id, design.rubric_version)
    return library.rubric_for(design.flow_id, design.problem_id)
