"""How does a session come to its flow, and how does it change to another one?

An interview may find that no learning is needed, and go on with ordinary system design. Nothing of
what was written is lost: the notes of earlier steps stay in the document under their steps' ids,
and switching back shows them again.
"""

from django.db import transaction
from django.utils import timezone

from apps.content import registry
from apps.content.domain import library
from apps.content.types import Flow
from apps.core.errors import Conflict, NotFound
from apps.core.events import Audience, publish
from apps.designs import signals
from apps.designs.document import items
from apps.designs.document.types import StepBody
from apps.designs.models import DesignSession

NO_WAY_BACK = "This session follows a flow that this server does not have. It cannot switch."


def switch_flow(design: DesignSession, flow_id: str) -> None:
    """From now on the session goes through this flow. Switching to its own changes nothing.

    Raises NotFound for an unknown flow, Conflict if there would be no way back.
    """
    flow = registry.flow(flow_id)
    try:
        registry.flow(design.flow_id)
    except NotFound as error:
        raise Conflict(NO_WAY_BACK) from error
    rubric = library.rubric_for(flow.id, design.problem_id)
    with transaction.atomic():
        # Of two who switch at once, the second finds nothing left to do.
        rows = DesignSession.objects.filter(id=design.id, ended_at=None).exclude(flow_id=flow.id)
        if rows.update(
            flow_id=flow.id,
            flow_version=flow.version,
            rubric_id=rubric.id,
            rubric_version=rubric.version,
            updated_at=timezone.now(),
        ):
            signals.flow_switched.send(
                sender=DesignSession, design_id=design.id, steps=empty_steps(flow)
            )
            publish(design.id, Audience.EVERYBODY, "flow.switched", {"flow": flow.id})
    design.refresh_from_db()


def empty_steps(flow: Flow) -> list[StepBody]:
    return [
        items.step(step.id, {"number": step.number, "status": "not_reached"}) for step in flow.steps
    ]
