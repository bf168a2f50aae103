"""The engine beside people's ratings: compared, printed, kept, and shown to those who may know."""

import json
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from apps.content import registry
from apps.content.worked import answer_document
from apps.core.permissions import Role
from apps.designs.models import DesignSession
from apps.scoring.agreement.folder import BadFolder
from apps.scoring.agreement.levels import levels_of
from apps.scoring.domain.engines import engine
from apps.scoring.domain.evaluations import evaluate, save
from apps.scoring.domain.queries.agreement import agreement_label, latest_evaluation
from apps.scoring.domain.queries.latest import latest_for_interviewer
from apps.scoring.management.commands import evaluate_scoring
from apps.scoring.models import Evaluation, ScoreRun
from apps.scoring.semantic.model import ModelMissing
from apps.scoring.stdio import score_document
from tests.factories import browser_of, make_design, make_participant, make_user
from tests.scoring.agreement.rated import ratings_of, write_ratings, write_session

PAGE = "/handbook/agreement"


def test_people_who_say_what_the_engine_says_agree_in_full(tmp_path: Path) -> None:
    reply = score_document(answer_document(registry.problem("rec-video"), "level-3"))
    write_session(tmp_path, "kim", {"anna": levels_of(reply)})

    report: Any = evaluate(tmp_path)

    assert report["all"]["with_ne"]["exact"] == 1.0
    assert report["left_out"]["both"] == list(levels_of(reply).values()).count("NA")
    assert [row["id"] for row in report["steps"]] == [step.id for step in registry.flow().steps]


def test_report_says_what_was_compared(tmp_path: Path) -> None:
    write_session(tmp_path, "kim", {"anna": {"pf.goal": 3}})

    report = evaluate(tmp_path)

    rubric = registry.rubric()
    assert report["rubric"] == {
        "id": rubric.id,
        "version": rubric.version,
        "sha256": rubric.sha256,
    }
    assert report["engine"] == {"id": engine().id, "version": engine().version}
    assert report["channels"] == ["lexical"]


@pytest.mark.parametrize(
    ("rubric", "levels", "path", "reason"),
    [
        (None, {"pf.gaol": 3}, "$.ratings[0].levels.pf.gaol", "is no criterion of ml-9-step"),
        (
            {"id": "system-design", "version": "1.0.0"},
            {"pf.goal": 3},
            "$.rubric.id",
            "is system-design, but the design goes by ml-9-step",
        ),
        (
            {"id": "ml-9-step", "version": "9.0.0"},
            {"pf.goal": 3},
            "$.rubric.version",
            "is 9.0.0, which cannot be compared with",
        ),
    ],
)
def test_ratings_by_another_rubric_are_refused(
    tmp_path: Path, rubric: dict[str, str] | None, levels: dict[str, int], path: str, reason: str
) -> None:
    write_session(tmp_path, "kim", {"anna": levels})
    if rubric:
        write_ratings(tmp_path, "kim", ratings_of({"anna": levels}) | {"rubric": rubric})

    with pytest.raises(BadFolder) as caught:
        evaluate(tmp_path)

    (fault,) = caught.value.faults
    assert (fault.path, fault.reason[: len(reason)]) == (path, reason)


@pytest.mark.django_db
def test_command_prints_and_keeps_nothing_unless_told(tmp_path: Path) -> None:
    write_session(tmp_path, "kim", {"anna": {"pf.goal": 3}, "ben": {"pf.goal": 4}})

    printed = run(tmp_path)

    assert "1, 1 rated by two or more" in printed
    assert "People among themselves" in printed
    assert not Evaluation.objects.exists()


@pytest.mark.django_db
def test_command_prints_json_that_it_also_saves(tmp_path: Path) -> None:
    write_session(tmp_path, "kim", {"anna": {"pf.goal": 3}})

    printed = json.loads(run(tmp_path, json=True, save=True))

    saved = latest_evaluation()
    assert saved is not None
    assert saved.report == printed


def test_command_uses_the_channels_that_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_session(tmp_path, "kim", {"anna": {"pf.goal": 3}})
    missing = ModelMissing("The model is not installed.")
    monkeypatch.setattr(evaluate_scoring, "load", Mock(side_effect=missing))

    with pytest.raises(CommandError, match="The model is not installed") as caught:
        run(tmp_path, channels="semantic")

    assert caught.value.returncode == 2
    assert "Channels:        lexical\n" in run(tmp_path, channels="lexical")


def test_command_refuses_a_bad_folder_with_status_2(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no ratings") as caught:
        run(tmp_path)

    assert caught.value.returncode == 2


@pytest.mark.django_db
def test_page_shows_every_cell_that_the_command_printed(tmp_path: Path) -> None:
    write_session(tmp_path, "kim", {"anna": {"pf.goal": 3, "me.rank": 2}, "ben": {"pf.goal": 4}})
    printed = run(tmp_path, save=True)

    page = browser_of(make_user()).get(PAGE).content.decode()

    cells = {cell for line in printed.splitlines() for cell in line.split("  ") if cell.strip()}
    missing = [cell for cell in cells if cell.strip().removesuffix(":") not in page]
    assert missing == []


@pytest.mark.django_db
def test_page_without_an_evaluation_says_what_to_do() -> None:
    page = browser_of(make_user()).get(PAGE).content.decode()

    assert "python manage.py evaluate_scoring DIR --save" in page


@pytest.mark.django_db
def test_page_is_not_there_for_strangers_and_candidates() -> None:
    candidate = make_user()
    make_participant(make_design(), Role.CANDIDATE, candidate)

    assert Client().get(PAGE).status_code == 404
    assert browser_of(candidate).get(PAGE).status_code == 404
    assert PAGE not in browser_of(candidate).get("/handbook/coverage").content.decode()
    assert PAGE in browser_of(make_user()).get("/handbook/coverage").content.decode()


@pytest.mark.django_db
def test_label_is_unvalidated_until_something_was_compared() -> None:
    assert agreement_label(registry.rubric(), None) == {
        "validated": False,
        "text": "Not validated: never compared with people's ratings here.",
    }


@pytest.mark.django_db
def test_label_is_the_verdict_of_the_last_evaluation() -> None:
    save(make_report("Too early."))
    save(make_report("All is well.", validated=True))

    assert agreement_label(registry.rubric(), None) == {"validated": True, "text": "All is well."}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"rubric": {"id": "ml-9-step", "sha256": "0" * 64}},
        {"engine": {"id": "lexical", "version": "0.9.0"}},
        {"channels": ["lexical", "semantic"]},
    ],
)
def test_label_does_not_vouch_for_another_version(change: dict[str, Any]) -> None:
    save(make_report("All is well.", validated=True) | change)

    assert agreement_label(registry.rubric(), make_run()) == {
        "validated": False,
        "text": "Not validated: only another version was compared with people's ratings.",
    }


@pytest.mark.django_db
def test_interviewers_are_told_the_label_with_the_score() -> None:
    latest = latest_for_interviewer(make_run().design)

    assert latest["validation"] == agreement_label(registry.rubric(), None)


def run(folder: Path, **options: bool | str) -> str:
    out = StringIO()
    call_command("evaluate_scoring", str(folder), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def make_report(text: str, *, validated: bool = False) -> dict[str, Any]:
    rubric = registry.rubric()
    return {
        "validation": {"validated": validated, "text": text},
        "rubric": {"id": rubric.id, "sha256": rubric.sha256},
        "engine": {"id": engine().id, "version": engine().version},
        "channels": ["lexical"],
    }


def make_run() -> ScoreRun:
    design = DesignSession.objects.create(
        kind="practice", title="A design", flow_id="ml-9-step", updated_at=timezone.now()
    )
    rubric = registry.rubric()
    return ScoreRun.objects.create(
        design=design,
        seq=1,
        document={},
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        rubric_sha256=rubric.sha256,
        engine_id=engine().id,
        engine_version=engine().version,
        channels="lexical",
        status=ScoreRun.Status.DONE,
        total_steps=9,
        result={"channels": ["lexical"]},
    )
