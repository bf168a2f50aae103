"""Scoring files: in their order, on several processes, and every fault names its file."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from apps.scoring import batch, cli
from apps.scoring.stdio import Asked, score_document
from tests.scoring.documents import all_of, make_document

LEXICAL = batch.Form(Asked(frozenset(("lexical",))), as_json=True)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Nine designs that differ in their title and their score."""
    paths = []
    for number, (step, text) in enumerate(all_of("strong").items()):
        path = tmp_path / f"design-{number}.json"
        path.write_text(json.dumps({**make_document({step: text}), "title": f"Design {number}"}))
        paths.append(str(path))
    return paths


def replies(files: Sequence[str], jobs: int) -> list[Any]:
    return [one.text and json.loads(one.text) for one in batch.score_files(files, LEXICAL, jobs)]


def test_several_processes_give_the_same_replies_in_the_same_order(files: list[str]) -> None:
    assert replies(files, jobs=2) == replies(files, jobs=1)


def test_fault_names_its_file_and_the_others_are_scored(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": "ninestep/design"}')
    missing = str(tmp_path / "missing.json")

    named = [files[0], str(broken), missing, files[1]]
    status = cli.run(named, json=True, stdio=False, channels="lexical", jobs=2)

    told = capsys.readouterr()
    assert status == 2
    assert len(told.out.splitlines()) == 2
    assert {line.split(":")[0] for line in told.err.splitlines()} == {str(broken), missing}


def test_fault_of_the_program_names_the_file_and_the_others_are_scored(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(data: Any, asked: Asked) -> Any:
        if data["title"] == "Design 1":
            raise KeyError("no such word")
        return score_document(data, asked)

    monkeypatch.setattr(batch, "score_document", faulty)

    scored = list(batch.score_files(files[:3], LEXICAL, jobs=1))

    assert [one.text is not None for one in scored] == [True, False, True]
    assert scored[1].faults == (f"{files[1]}: cannot be scored because of a fault in the program",)


def test_process_that_dies_costs_its_own_file_only(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def deadly(data: Any, asked: Asked) -> Any:
        if data["title"] == "Design 2":
            os._exit(9)
        return score_document(data, asked)

    monkeypatch.setattr(batch, "score_document", deadly)

    scored = list(batch.score_files(files[:5], LEXICAL, jobs=2))

    assert [one.text is not None for one in scored] == [True, True, False, True, True]
    assert scored[2].faults == (f"{files[2]}: its process ended, perhaps for want of memory",)


def test_only_a_few_files_are_with_the_processes_at_once(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tenth file does not exist yet when the first is told."""
    late = Path(files[0]).with_name("late.json")
    many = [files[0]] * 9 + [str(late)]
    scored = batch.score_files(many, LEXICAL, jobs=2)

    next(scored)
    late.write_text(Path(files[1]).read_text())

    assert [one.faults for one in scored] == [()] * 9


def test_table_with_trace_shows_how_each_step_adds_up(
    files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run(files[:1], json=False, stdio=False, channels="lexical", trace=True)

    table = capsys.readouterr().out
    assert "Read by: words" in table
    assert " × focus 1.0000 × fit 1.0000 = " in table
