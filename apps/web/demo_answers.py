"""What the demo's candidates wrote and drew: a worked answer of the problem, near their levels."""

from collections.abc import Mapping
from contextlib import suppress

from apps.content import registry
from apps.content.worked import answer_document
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse
from apps.diagrams.domain.drawing import draw_layout, graph_of
from apps.diagrams.errors import RenderFailed


def answer_near(problem_id: str, levels: Mapping[str, int | None]) -> DesignDocument:
    """levels: by step; None where it was skipped, and nothing is written there then."""
    problem = registry.problem(problem_id)
    known = [level for level in levels.values() if level]
    mean = sum(known) / len(known)
    nearest = min(problem.answers, key=lambda answer: abs(answer.level - mean))
    document = parse(answer_document(problem, nearest.id))
    for step in document["steps"]:
        if levels[step["id"]] is None:
            step["notes"] = ""
    _tidy(document)
    return document


def _tidy(document: DesignDocument) -> None:
    """Worked answers stand in a grid. Without Graphviz they stay there."""
    with suppress(RenderFailed):
        layout, _note = draw_layout(graph_of(document))
        for component in document["board"]["components"]:
            place = layout["components"][component["id"]]
            component["x"], component["y"] = place["x"], place["y"]
        for group in document["board"]["groups"]:
            if (box := layout["groups"].get(group["id"])) is not None:
                group["x"], group["y"] = box["x"], box["y"]
                group["width"], group["height"] = box["width"], box["height"]
