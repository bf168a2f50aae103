"""Content as the browser reads it: the JSON of `frontend/src/workspace/bootstrap.ts`."""

from dataclasses import asdict

from apps.content.types import Catalogue, ComponentType, Flow
from apps.core.json import JsonObject


def catalogue_json(catalogue: Catalogue) -> JsonObject:
    return {
        "version": catalogue.version,
        "categories": [asdict(category) for category in catalogue.categories],
        "components": [_component_json(component) for component in catalogue.components],
    }


def flow_json(flow: Flow) -> JsonObject:
    return {"id": flow.id, "name": flow.name, "steps": [asdict(step) for step in flow.steps]}


def _component_json(component: ComponentType) -> JsonObject:
    values = asdict(component)
    del values["steps"]  # what a component is evidence for is the interviewers' business
    return values
