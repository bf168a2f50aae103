"""What interviewers have beside them, step by step: a model answer, what to probe, hints."""

from typing import Any

from apps.content import registry
from apps.content.types import Problem
from apps.core.json import Json, JsonObject
from apps.designs.models import DesignSession
from apps.interviews.domain.finding import flow_of, problem_of, rubric_of


def material_json(design: DesignSession, *, has_keys: bool) -> JsonObject:
    """Never for a candidate: the caller checks the access.

    has_keys: also what the bank keeps of the problem, not only what the rubric says.
    """
    problem = problem_of(design) if has_keys else None
    criteria: Any = rubric_of(design).data["criteria"]
    return {
        "steps": {
            step.id: _step(step.id, problem, [item for item in criteria if item["step"] == step.id])
            for step in flow_of(design).steps
        },
        "key_components": _key_components(problem),
        "has_reference": bool(problem and problem.reference),
    }


def _step(step_id: str, problem: Problem | None, criteria: list[Any]) -> dict[str, Any]:
    names = {item["id"] for item in criteria}
    reference = problem.reference.notes.get(step_id, "") if problem and problem.reference else ""
    return {
        "reference": reference,
        "special": [
            {"criterion": one.criterion, "text": one.text, "probe": one.probe}
            for one in (problem.special_criteria if problem else ())
            if one.criterion in names
        ],
        "follow_ups": [
            {"question": one.question, "listen_for": one.listen_for}
            for one in (problem.follow_ups if problem else ())
            if one.step == step_id
        ],
        "probes": [
            {"criterion": item["id"], "label": item["label"], "ask": item["ask"]}
            for item in criteria
        ],
        "hints": [
            {"criterion": item["id"], "label": item["label"], "text": text}
            for item in criteria
            for text in item.get("hint", {}).values()
        ],
    }


def _key_components(problem: Problem | None) -> list[Json]:
    names = {one.id: one.name for one in registry.catalogue().components}
    return [
        {"name": names.get(one.type, one.type), "role": one.role}
        for one in (problem.key_components if problem else ())
    ]
