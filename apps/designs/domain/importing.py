"""How does a file become a design session? Whole, or not at all."""

from apps.accounts.actors import Actor
from apps.content import registry
from apps.core.errors import NotFound
from apps.designs.document import items
from apps.designs.document.types import DesignDocument, StepBody
from apps.designs.domain.creation import create_design
from apps.designs.models import DesignSession


def import_design(
    actor: Actor,
    document: DesignDocument,
    kind: str = DesignSession.Kind.PRACTICE,
) -> DesignSession:
    """A new session of the actor's with this content, under a new id.

    document: as `validation.parse` gives it. Steps of its flow that it lacks are added, empty.
    """
    return create_design(actor, kind, document={**document, "steps": _whole_flow(document)})


def _whole_flow(document: DesignDocument) -> list[StepBody]:
    """The document's steps and those that only its flow has. A flow we do not know adds none."""
    try:
        flow = registry.flow(document["flow"]["id"])
    except NotFound:
        return document["steps"]
    there = {step["id"] for step in document["steps"]}
    missing = [
        items.step(step.id, {"number": step.number, "status": "not_reached"})
        for step in flow.steps
        if step.id not in there
    ]
    return sorted([*document["steps"], *missing], key=lambda step: (step["number"], step["id"]))
