"""How does a worked design of a pack become a design document?

Packs have notes by step and a board without coordinates; a document (`docs/design-document.md`)
has both in full. Where things stand on the board is left to the layout.
"""

from collections.abc import Mapping
from typing import Any, Final

from apps.content import registry
from apps.content.types import Board, Flow, Problem, WorkedAnswer
from apps.core.errors import NotFound
from apps.core.json import JsonObject

IN_PLAY: Final = "in_play"
NOT_REACHED: Final = "not_reached"


def reference_document(problem: Problem) -> JsonObject:
    """Raises NotFound if the problem has no reference design."""
    if problem.reference is None:
        raise NotFound(f'The problem "{problem.id}" has no reference design.')
    return _document(problem, "reference design", problem.reference.notes, problem.reference.board)


def answer_document(problem: Problem, answer_id: str) -> JsonObject:
    """Raises NotFound if the problem has no such worked answer."""
    answer = answer_of(problem, answer_id)
    return _document(problem, f"answer {answer.id}", answer.notes, answer.board)


def answer_of(problem: Problem, answer_id: str) -> WorkedAnswer:
    """Raises NotFound if the problem has no such worked answer."""
    for answer in problem.answers:
        if answer.id == answer_id:
            return answer
    raise NotFound(f'The problem "{problem.id}" has no worked answer "{answer_id}".')


def board_json(board: Board) -> JsonObject:
    """The board as a document has it: `from` and `to` are called source and target there."""
    return {
        "components": board["components"],
        "connections": [_connection(n, item) for n, item in enumerate(board["connections"], 1)],
        "groups": board.get("groups", []),
    }


def board_document(title: str, flow: Flow, notes: Mapping[str, str], board: Board) -> JsonObject:
    """A document of no problem of the bank, such as the example of a graph rule. All is in play."""
    return {
        "format": "ninestep/design",
        "version": 1,
        "title": title,
        "flow": {"id": flow.id, "version": flow.version},
        "steps": _steps(flow, notes, empty=IN_PLAY),
        "board": board_json(board),
    }


def _document(problem: Problem, what: str, notes: Mapping[str, str], board: Board) -> JsonObject:
    flow = registry.flow(problem.flow)
    return {
        **board_document(f"{problem.title}: {what}", flow, notes, board),
        "problem": {
            "id": problem.id,
            "version": problem.version,
            "title": problem.title,
            "prompt": problem.prompt,
        },
        "steps": _steps(flow, notes, empty=NOT_REACHED),
    }


def _steps(flow: Flow, notes: Mapping[str, str], *, empty: str) -> list[Any]:
    """empty: the status of a step without notes."""
    return [
        {
            "id": step.id,
            "number": step.number,
            "status": IN_PLAY if step.id in notes else empty,
            "notes": notes.get(step.id, ""),
        }
        for step in flow.steps
    ]


def _connection(number: int, item: Mapping[str, Any]) -> JsonObject:
    return {
        "id": f"connection-{number}",
        "source": item["from"],
        "target": item["to"],
        "kind": item["kind"],
        "label": item.get("label", ""),
    }
