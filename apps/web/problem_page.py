"""What the page of one problem shows beside the problem itself."""

from apps.content import registry
from apps.content.types import KeyComponent, Problem
from apps.core.json import JsonObject


def problem_context(shown: Problem, *, shows_brief: bool) -> dict[str, object]:
    """shown: with or without its keys, as the reader may see it; shows_brief: which of the two."""
    return {
        "problem": shown,
        "parts": _parts(shown.key_components),
        "emphasis": _step_names(shown),
        "plan_rows": _plan_rows(shown),
        "shows_brief": shows_brief,
        "flow": registry.flow(shown.flow),
    }


def _step_names(problem: Problem) -> list[str]:
    steps = registry.flow(problem.flow)
    return [step.name for step_id in problem.emphasis if (step := steps.step(step_id))]


def _plan_rows(problem: Problem) -> list[JsonObject]:
    """A row a step: its minutes by the length of the interview."""
    return [
        {"name": step.name, "minutes": [plan.get(step.id, 0) for plan in problem.plan.values()]}
        for step in registry.flow(problem.flow).steps
    ]


def _parts(components: tuple[KeyComponent, ...]) -> list[JsonObject]:
    catalogue = registry.catalogue()
    found = [(catalogue.component(part.type), part.role) for part in components]
    return [
        {"name": component.name, "icon": component.icon, "hue": component.hue, "role": role}
        for component, role in found
        if component
    ]
