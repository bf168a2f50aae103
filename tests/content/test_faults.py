"""A broken pack of each kind is told with file, line and reason, and stops the start with them."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.content import registry
from apps.content.checks import check_pack
from apps.content.kinds import KINDS
from apps.content.loader import InvalidPack, read_pack
from apps.content.roots import VARIABLE
from tests.content.packs import copy_of


@dataclass(frozen=True)
class Case:
    """`old` becomes `new` in a file of a pack; the fault is told at the line of `new`.

    up: by how many lines it is told further up, where the thing around begins.
    """

    kind: str
    pack: str
    file: str
    old: str
    new: str
    reason: str
    up: int = 0


ANYWHERE = 99  # in the file: what is told is not where the change was made
REFERENCE, ANSWER = "reference/", "answers/level-3/"
MARKS = "{pf.clarify: "
CASES = [
    Case("flow", "ml-9-step", "flow.yaml", "id: data", "id: metrics", "stands twice", ANYWHERE),
    Case(
        "flow", "ml-9-step", "flow.yaml", "short_name: Metrics", "short: Metrics", "short_name", 2
    ),
    Case("flow", "ml-9-step", "flow.yaml", 'plan: {"45": 5', 'plan: {"45": 6', "take 46 minutes"),
    Case("lexicon", "design-interviews", "lexicon.yaml", "version: 1", "version: one", "not match"),
    Case("rubric", "ml-9-step", "criteria/02-metrics.yaml", "weight: 3", "weight: 7", "maximum"),
    Case("rubric", "ml-9-step", "criteria/02-metrics.yaml", "id: me.rank", "id: pf.goal", "twice"),
    Case("rubric", "ml-9-step", "examples/02-metrics.yaml", "me.rank:", "me.range:", "criterion"),
    Case(
        "catalogue",
        "ml-systems",
        "components/02-edge.yaml",
        "category: edge",
        "category: moon",
        "no category",
    ),
    Case("catalogue", "ml-systems", "components/02-edge.yaml", "id: cdn", "id: sensor", "twice"),
    Case(
        "rules",
        "ml-systems",
        "examples/G01.yaml",
        "type: trainer",
        "type: teacher",
        "component type",
    ),
    Case(
        "rules", "ml-systems", "examples/G01.yaml", "to: api", "to: moon", "component of this board"
    ),
    Case(
        "problem",
        "rec-video",
        "problem.yaml",
        "family:",
        "famly:",
        "'family' is a required",
        ANYWHERE,
    ),
    Case(
        "problem",
        "rec-video",
        "problem.yaml",
        '"45": {problem-formulation: 6',
        '"45": {problem-formulation: 9',
        "adds up to 48",
    ),
    Case(
        "problem",
        "rec-video",
        "problem.yaml",
        "not_applicable: [",
        "not_applicable: [zz.top, ",
        '"zz.top"',
    ),
    Case(
        "problem", "rec-video", f"{REFERENCE}board.yaml", "type: ranker", "type: rancor", '"rancor"'
    ),
    Case("problem", "rec-video", f"{REFERENCE}notes.md", "# metrics", "# metrix", '"metrix"'),
    Case(
        "problem",
        "rec-video",
        f"{ANSWER}answer.yaml",
        MARKS,
        "{pf.clarify: 5, pf.x: ",
        "5 is not one of",
    ),
    Case(
        "problem",
        "rec-video",
        f"{ANSWER}answer.yaml",
        "pf.goal: 3, ",
        "",
        "leaves out pf.goal",
        ANYWHERE,
    ),
    Case("problem", "rec-video", f"{ANSWER}board.yaml", "kind: request", "kind: magic", "'magic'"),
    Case("drill", "drill-speech", "drill.yaml", "minutes: ", "minutes: 1", "maximum"),
    Case(
        "drill",
        "drill-speech",
        "drill.yaml",
        "problems: [",
        "problems: [nothing, ",
        "is no problem",
    ),
    Case(
        "coverage",
        "seed",
        "coverage.yaml",
        "lines: [2, 2]",
        "lines: [2, 3]",
        "begin with line 4",
        -1,
    ),
    Case(
        "coverage",
        "seed",
        "coverage.yaml",
        "criteria: [ar.flow, pf.needml]",
        "criteria: [ar.flaw]",
        '"ar.flaw"',
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.new}")
def test_a_fault_is_told_with_file_line_and_reason(case: Case, tmp_path: Path) -> None:
    folder = copy_of(
        f"{KINDS[case.kind].folder}/{case.pack}", tmp_path, (case.file, case.old, case.new)
    )

    with pytest.raises(InvalidPack) as told:
        check_pack(read_pack(case.kind, folder))

    assert told.value.file == folder / case.file
    assert case.reason in str(told.value)
    if case.up != ANYWHERE:
        assert told.value.line == _line_of(folder / case.file, case.new) - case.up


def test_every_kind_has_a_case() -> None:
    assert {case.kind for case in CASES} == set(KINDS)


@pytest.mark.django_db
def test_load_content_stops_with_the_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_of("problems/rec-video", tmp_path / "problems", ("problem.yaml", "title:", "titel:"))
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    monkeypatch.setattr(registry, "pack", registry.pack.__wrapped__)

    with pytest.raises(
        CommandError, match=r"rec-video/problem\.yaml:\d+: \$ 'title' is a required"
    ):
        call_command("load_content")


def _line_of(file: Path, text: str) -> int:
    before, found, _ = file.read_text(encoding="utf-8").partition(text)
    assert found, f"{file} does not hold {text!r}"
    return before.count("\n") + 1
