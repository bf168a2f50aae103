"""The graph rules: all of them, each with a board it asks about and one it does not."""

from collections import Counter
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from apps.content import registry
from apps.content.checks import check_packs
from apps.content.loader import InvalidPack, read_pack
from apps.content.worked import answer_document, board_document, reference_document
from apps.designs.document.types import DesignDocument
from apps.designs.document.validation import parse
from apps.scoring.domain.engines import LexicalEngine
from tests.content.packs import copy_of

PACK = registry.pack("rules", "ml-systems").document
RULES: list[Any] = PACK["rules"]
LEXICAL = LexicalEngine()
IDS = [f"G{number:02}" for number in range(1, 33)]
REFERENCES = [problem for problem in registry.problems() if problem.reference]


def findings(document: DesignDocument, rubric: str) -> dict[str, tuple[str, ...]]:
    """By rule: the parts it points at."""
    scoring = LEXICAL.start(document, registry.rubric(rubric), None)
    return {found.rule: found.components for found in scoring.ask()}


def document_of(rule_id: str, side: str) -> DesignDocument:
    """One of a rule's two boards."""
    shown = PACK["examples"][rule_id]
    flow = registry.flow(str(registry.rubric(PACK["rubric"]).data["flow"]))
    notes = shown.get("notes", {})
    return parse(board_document(f"{rule_id} {side}", flow, notes, shown[side]))


def example(rule_id: str, side: str) -> dict[str, tuple[str, ...]]:
    """What is found on one of a rule's two boards."""
    return findings(document_of(rule_id, side), PACK["rubric"])


def test_all_thirty_two_rules_are_said_or_accounted_for() -> None:
    said = [rule["id"] for rule in RULES]
    not_said = [rule["id"] for rule in PACK["not_said"]]

    assert sorted(said + not_said) == IDS
    assert sorted(PACK["examples"]) == sorted(said)


def test_no_two_rules_ask_alike() -> None:
    texts = Counter(rule[key] for rule in RULES for key in ("name", "question", "why"))

    assert [text for text, times in texts.items() if times > 1] == []


@pytest.mark.parametrize("rule_id", PACK["examples"])
def test_a_rule_asks_about_its_positive_board(rule_id: str) -> None:
    assert rule_id in example(rule_id, "positive")


@pytest.mark.parametrize("rule_id", PACK["examples"])
def test_a_rule_points_at_parts_of_its_positive_board(rule_id: str) -> None:
    parts = {part["id"] for part in PACK["examples"][rule_id]["positive"]["components"]}

    pointed_at = set(example(rule_id, "positive")[rule_id])

    assert pointed_at
    assert pointed_at <= parts


@pytest.mark.parametrize("rule_id", PACK["examples"])
def test_a_rule_is_silent_on_its_negative_board(rule_id: str) -> None:
    assert rule_id not in example(rule_id, "negative")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_a_rule_is_silent_when_its_step_is_skipped(rule: Any) -> None:
    document = document_of(rule["id"], "positive")
    for step in document["steps"]:
        if step["id"] == rule["step"]:
            step["status"] = "skipped_by_interviewer"

    assert rule["id"] not in findings(document, PACK["rubric"])


@pytest.mark.parametrize("rule_id", PACK["examples"])
@pytest.mark.parametrize("side", ["positive", "negative"])
def test_an_example_is_a_small_board_that_can_be_read(rule_id: str, side: str) -> None:
    board = PACK["examples"][rule_id][side]
    names = [part["name"] for part in board["components"]]

    assert 4 <= len(names) <= 11
    assert len(set(names)) == len(names)
    assert all(len(name) <= 28 for name in names)


@pytest.mark.parametrize("problem", REFERENCES, ids=lambda problem: problem.id)
def test_rules_are_silent_on_a_reference_design(problem: Any) -> None:
    """Or the design says why it may stay as it is."""
    document = parse(reference_document(problem))
    excused = {finding.rule for finding in problem.reference.findings}

    assert set(findings(document, problem.rubric)) <= excused


def test_stronger_answers_raise_fewer_questions() -> None:
    raised: dict[int, list[int]] = {2: [], 3: [], 4: []}
    for problem in registry.problems():
        for answer in problem.answers:
            document = parse(answer_document(problem, answer.id))
            raised[answer.level].append(len(findings(document, problem.rubric)))

    weak, middling, strong = (fmean(counts) for counts in raised.values())

    assert weak > middling > strong
    assert strong < 2


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("exists: [ranker, candidate", "exists: [oracle, candidate", "no component type"),
        ('exists: ["@releases"]', 'exists: ["@feasts"]', "no component"),
        ("touches: [ot.rollout]", "touches: [ot.rollup]", "no criterion"),
        ("steps: [data, model]", "steps: [data, modelling]", "no step of the flow"),
        ("step: metrics", "step: metric", "no step of the flow"),
        ("rubric: ml-9-step", "rubric: ml-10-step", "no rubric"),
        ("id: G32", "id: G31", '"G31" stands twice'),
        ("unless: []", "unless: [{smells: fishy}]", "Additional properties"),
    ],
)
def test_rules_with_a_fault(
    old: str, new: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of("rules/ml-systems", tmp_path, ("rules.yaml", old, new))
    find = registry.pack
    monkeypatch.setattr(
        registry,
        "pack",
        lambda kind, id_: read_pack(kind, folder) if kind == "rules" else find(kind, id_),
    )

    with pytest.raises(InvalidPack, match=rf"rules.yaml:\d+: .*{reason}"):
        check_packs()
