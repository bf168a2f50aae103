"""The flow that a session works through, also if an imported design brought one we do not know."""

from contextlib import suppress

from apps.content import registry
from apps.content.domain import library
from apps.content.types import USUAL_LENGTH, Flow, FlowStep
from apps.core.errors import Invalid, NotFound
from apps.designs.document.types import StepBody
from apps.designs.models import DesignSession
from apps.rooms.domain.reading import current_document

DEFAULT_PLAN = {USUAL_LENGTH: 5}


def flow_of(design: DesignSession) -> Flow:
    """The version it began with; else the one there is now; else what its document says."""
    # Invalid: an older program's form of a flow, which this one cannot read.
    with suppress(NotFound, Invalid):
        return library.flow_at(design.flow_id, design.flow_version)
    with suppress(NotFound):
        return registry.flow(design.flow_id)
    return _flow_of_document(design)


def minutes_of(flow: Flow) -> int:
    return sum(step.minutes for step in flow.steps)


def _flow_of_document(design: DesignSession) -> Flow:
    """Names and prompts are not in a document, so the steps are called by their ids."""
    document, _ = current_document(design)
    steps = tuple(_step(step) for step in document["steps"])
    return Flow(
        id=design.flow_id,
        version=design.flow_version,
        name=design.flow_id,
        rubric=registry.DEFAULT_RUBRIC,
        steps=steps,
    )


def _step(step: StepBody) -> FlowStep:
    name = step["id"].replace("-", " ").capitalize()
    return FlowStep(
        id=step["id"],
        number=step["number"],
        name=name,
        short_name=name,
        plan=DEFAULT_PLAN,
        purpose="",
        prompts=(),
    )
