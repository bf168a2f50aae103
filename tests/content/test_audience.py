"""What candidates may see of a problem or a drill is a closed list."""

from dataclasses import fields

import pytest

from apps.content import registry
from apps.content.audience import for_candidates, interviewer_only
from apps.content.types import Drill, Problem

PROVENANCE = {"id", "version", "author", "licence", "reviewed", "title"}
PUBLIC = {
    "problem": PROVENANCE
    | {"family", "problem_families", "difficulty", "emphasis", "summary", "flow", "rubric"}
    | {"prompt"},
    "drill": PROVENANCE | {"minutes", "topic", "steps", "criteria", "prompt", "problems"},
}


@pytest.mark.parametrize(("kind", "type_"), [("problem", Problem), ("drill", Drill)])
def test_a_new_key_is_public_only_if_it_is_listed_here(
    kind: str, type_: type[Problem] | type[Drill]
) -> None:
    keys = {field.name for field in fields(type_)}

    assert keys - interviewer_only(kind) == PUBLIC[kind]


def test_a_problem_for_candidates_has_its_brief_and_no_keys() -> None:
    whole = registry.problem("rec-video")

    shown = for_candidates(whole)

    assert shown.prompt == whole.prompt
    assert (shown.reference, shown.card, shown.answers, shown.plan) == (None, None, (), {})
    assert [*shown.clarifications, *shown.twists, *shown.follow_ups] == []


def test_a_drill_for_candidates_has_its_task_and_no_answers() -> None:
    whole = registry.drills()[0]

    shown = for_candidates(whole)

    assert shown.prompt == whole.prompt
    assert (shown.ideas, shown.marks, shown.exercise.solution) == ((), {}, "")
