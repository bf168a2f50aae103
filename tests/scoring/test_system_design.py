"""Designs of the second flow are scored by its rubric, whatever their board or problem."""

from typing import Any

import pytest

from apps.content import registry
from apps.designs.document.validation import parse
from apps.scoring.stdio import score_document
from tests.scoring.documents import answers

RUBRIC = "system-design"
STEPS = [step.id for step in registry.flow("system-design").steps]
DATA: Any = registry.pack("rubric", RUBRIC).document
EXAMPLES: dict[str, Any] = DATA["examples"]
BY_WORDS = [one for one in DATA["criteria"] if one["step"] and "T" in one["by"]]


def document(notes: dict[str, str]) -> dict[str, Any]:
    return {
        "format": "ninestep/design",
        "version": 1,
        "flow": {"id": "system-design", "version": "1.0.0"},
        "steps": [
            {"id": step, "number": number, "status": "in_play", "notes": notes.get(step, "")}
            for number, step in enumerate(STEPS, start=1)
        ],
        "board": {},
    }


@pytest.mark.parametrize(
    ("flow_id", "problem_id", "expected"),
    [
        ("ml-9-step", "", "ml-9-step"),
        ("ml-9-step", "rec-video", "ml-9-step"),
        ("system-design", "", RUBRIC),
        ("system-design", "rec-video", RUBRIC),  # the session has left its problem's flow
        ("somebody-elses", "", "ml-9-step"),
    ],
)
def test_the_flow_decides_the_rubric(flow_id: str, problem_id: str, expected: str) -> None:
    problem = registry.problem(problem_id) if problem_id else None

    assert registry.rubric_for(flow_id, problem).id == expected


def test_a_reply_has_the_steps_of_its_own_rubric() -> None:
    reply: Any = score_document(document(answers("seat-booking")["strong"]))

    assert reply["rubric"] == {"id": RUBRIC, "version": registry.rubric(RUBRIC).version}
    assert list(reply["steps"]) == STEPS


def test_a_strong_answer_stands_above_a_weak_one_in_every_step() -> None:
    strong: Any = score_document(document(answers("seat-booking")["strong"]))
    weak: Any = score_document(document(answers("seat-booking")["weak"]))

    for step in STEPS:
        assert strong["steps"][step]["score"] >= 55
        assert weak["steps"][step]["score"] <= 25
    assert strong["overall"]["band"] in {"yes", "strong_yes"}


def test_the_guide_is_no_answer() -> None:
    guide = {
        step.id: "\n\n".join(f"{one.question} {one.why} {one.example}" for one in step.prompts)
        for step in registry.flow("system-design").steps
    }

    reply: Any = score_document(document(guide))

    assert max(step["score"] for step in reply["steps"].values()) <= 5


def test_notes_of_another_flow_are_left_alone() -> None:
    """A session that has switched its flow keeps the notes of the earlier one."""
    alone = document(answers("seat-booking")["strong"])
    with_earlier = document(answers("seat-booking")["strong"])
    with_earlier["steps"].append(
        {"id": "metrics", "number": 2, "status": "in_play", "notes": "Recall at 50 by country."}
    )

    assert score_document(parse(with_earlier)) == score_document(parse(alone))


def test_the_machine_is_within_a_level_of_nine_in_ten_examples() -> None:
    """Of those that words can show; a level that was not given counts as the lowest."""
    apart = [
        abs((_level_of(criterion, text) or 1) - int(level))
        for criterion in BY_WORDS
        for level, text in EXAMPLES[criterion["id"]]["levels"].items()
    ]

    assert sum(distance <= 1 for distance in apart) >= 0.9 * len(apart)


@pytest.mark.parametrize("criterion", BY_WORDS, ids=lambda criterion: criterion["id"])
def test_what_only_looks_right_earns_no_more_than_a_mention(criterion: Any) -> None:
    level = _level_of(criterion, EXAMPLES[criterion["id"]]["counter"])

    assert (level or 0) <= 2


def _level_of(criterion: Any, text: str) -> int | None:
    reply: Any = score_document(document({criterion["step"]: text}))
    results = reply["steps"][criterion["step"]]["criteria"]
    level: int | None = next(one["level"] for one in results if one["id"] == criterion["id"])
    return level
