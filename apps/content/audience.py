"""What of a pack may a candidate see? Everything that its schema does not keep for interviewers.

A schema marks a property with `"audience": "interviewer"`; this module is what obeys.
"""

from dataclasses import fields, replace
from functools import cache
from typing import Any, Final, TypeVar

from apps.content.loader import schema_of
from apps.content.types import Drill, Exercise, Problem

Task = TypeVar("Task", Problem, Drill)

# What stands in an interviewer-only field for everybody else.
_NOTHING: Final[dict[str, object]] = {"exercise": Exercise("", ""), "plan": {}, "marks": {}}
_SINGLE: Final = {"card", "reference"}


def for_candidates(task: Task) -> Task:
    """The task without its interviewer-only parts: they are empty, not merely hidden."""
    kind = "problem" if isinstance(task, Problem) else "drill"
    names = interviewer_only(kind) & {field.name for field in fields(task)}
    empty: dict[str, Any] = {name: _nothing(name) for name in names}
    return replace(task, **empty)


@cache
def interviewer_only(kind: str) -> frozenset[str]:
    """The top-level keys of a pack of this kind that never leave the server for a candidate."""
    properties = schema_of(kind)["properties"]
    return frozenset(
        name for name, schema in properties.items() if schema.get("audience") == "interviewer"
    )


def _nothing(name: str) -> object:
    return None if name in _SINGLE else _NOTHING.get(name, ())
