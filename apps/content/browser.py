"""Content as the browser reads it: the JSON of `frontend/src/workspace/bootstrap.ts`."""

from dataclasses import asdict
from typing import Final

from apps.content.types import Catalogue, ComponentType, Flow, FlowStep
from apps.core.json import JsonObject


def catalogue_json(catalogue: Catalogue) -> JsonObject:
    return {
        "version": catalogue.version,
        "categories": [asdict(category) for category in catalogue.categories],
        "components": [_component_json(component) for component in catalogue.components],
    }


def flow_json(flow: Flow) -> JsonObject:
    steps = [_step_json(step) for step in flow.steps]
    return {"id": flow.id, "version": flow.version, "name": flow.name, "steps": [*steps]}


def _step_json(step: FlowStep) -> JsonObject:
    values = asdict(step)
    del values["plan"]
    return {**values, "minutes": step.minutes}


def _component_json(component: ComponentType) -> JsonObject:
    """What palette, cards and arrows need: the rest of a type is for the catalogue's pages, and
    its steps, the ones it is evidence for, are the interviewers' business."""
    values = asdict(component)
    return {key: values[key] for key in _SHOWN}


_SHOWN: Final = (
    "id", "name", "description", "category", "hue", "icon", "aliases", "outgoing",
)  # fmt: skip
