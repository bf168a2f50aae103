"""Packs as the handbook's pages show them: what helps a reader, nothing that gives keys away."""

from itertools import groupby
from typing import Any

from apps.content import registry
from apps.content.types import Catalogue, RubricPack
from apps.core.json import JsonObject

# Of a criterion. The words the engine looks for, its traps and its examples stay on the server.
PUBLIC = ("id", "step", "label", "ask", "weight", "by", "anchors", "evidence", "hint", "applies")


def rubric_page(rubric: RubricPack) -> JsonObject:
    """`{"id", "version", "name", "levels", "bands", "steps": [{…, "criteria"}], "across"}`."""
    data: Any = rubric.data
    flow = registry.flow(data["flow"])
    names = {step.id: step.name for step in flow.steps}
    criteria: list[Any] = [_public(item) for item in data["criteria"]]
    return {
        "id": rubric.id,
        "version": rubric.version,
        "name": data["name"],
        "levels": data["levels"],
        "bands": data["bands"],
        "share_across": round(100 * data["cross_step"]["share"]),
        "expectations": data.get("expectations", []),
        "steps": [
            {
                "id": step["id"],
                "number": step["number"],
                "name": names[step["id"]],
                "weight": step["weight"],
                "criteria": [item for item in criteria if item["step"] == step["id"]],
            }
            for step in data["steps"]
        ],
        "across": [item for item in criteria if item["step"] is None],
    }


def _public(criterion: Any) -> JsonObject:
    return {key: criterion[key] for key in PUBLIC if key in criterion}


def components_by_category(catalogue: Catalogue) -> list[dict[str, object]]:
    by_id = {category.id: category for category in catalogue.categories}
    listed = groupby(catalogue.components, key=lambda component: component.category)
    return [
        {"name": by_id[category].name, "hue": by_id[category].hue, "components": list(components)}
        for category, components in listed
    ]
