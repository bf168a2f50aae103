"""Rated sessions are read whole, or refused with everything that is wrong with them."""

from pathlib import Path
from typing import Any

import pytest

from apps.scoring.agreement.folder import BadFolder, read_folder
from tests.scoring.agreement.rated import ratings_of, write_ratings, write_session


def test_sessions_are_read_by_name_with_all_their_raters(tmp_path: Path) -> None:
    write_session(tmp_path, "kim", {"anna": {"pf.goal": 3}, "ben": {"pf.goal": "NE"}})
    write_session(tmp_path, "ada", {"anna": {"me.rank": "NA"}})
    (tmp_path / "README.md").write_text("Notes beside the sessions are not read.")

    sessions = read_folder(tmp_path)

    assert [session.name for session in sessions] == ["ada", "kim"]
    assert sessions[1].people == {"anna": {"pf.goal": 3}, "ben": {"pf.goal": "NE"}}
    assert sessions[1].document["problem"]["id"] == "rec-video"


@pytest.mark.parametrize(
    ("change", "path", "reason"),
    [
        ({"format": "other"}, "$.format", "'ninestep/ratings' was expected"),
        ({"ratings": []}, "$.ratings", "[] should be non-empty"),
        ({"comment": "?"}, "$", "Additional properties are not allowed ('comment' was unexpected)"),
        (
            {"rubric": {"id": "ml-9-step", "version": "one"}},
            "$.rubric.version",
            "'one' does not match '^\\\\d+\\\\.\\\\d+\\\\.\\\\d+$'",
        ),
        (
            {"ratings": [{"rater": "anna", "levels": {"pf.goal": 5}}]},
            "$.ratings[0].levels.pf.goal",
            "5 is not one of [1, 2, 3, 4, 'NE', 'NA']",
        ),
        (
            {"ratings": [{"rater": "anna", "levels": {"pf.goal": 3}}] * 2},
            "$.ratings",
            '"anna" rates the session 2 times',
        ),
    ],
)
def test_ratings_that_are_none_are_refused_with_path_and_reason(
    tmp_path: Path, change: dict[str, Any], path: str, reason: str
) -> None:
    write_session(tmp_path, "kim", {"anna": {"pf.goal": 3}})
    write_ratings(tmp_path, "kim", ratings_of({"anna": {"pf.goal": 3}}) | change)

    assert faults(tmp_path) == [("kim.ratings.yaml", path, reason)]


def test_fault_tells_the_line(tmp_path: Path) -> None:
    write_session(tmp_path, "kim", {"anna": {"pf.goal": 3}})
    file = tmp_path / "kim.ratings.yaml"
    file.write_text(file.read_text().replace("pf.goal: 3", "pf.goal: good"))

    with pytest.raises(BadFolder) as caught:
        read_folder(tmp_path)

    assert str(caught.value).startswith(f"{file}:4: $.ratings[0].levels.pf.goal 'good' is not")


def test_ratings_that_are_no_yaml_are_refused(tmp_path: Path) -> None:
    write_session(tmp_path, "kim", {"anna": {"pf.goal": 3}})
    (tmp_path / "kim.ratings.yaml").write_text("ratings: [")

    assert [(name, path) for name, path, _ in faults(tmp_path)] == [("kim.ratings.yaml", "$")]


def test_design_that_is_none_is_refused(tmp_path: Path) -> None:
    write_session(tmp_path, "kim", {"anna": {"pf.goal": 3}})
    (tmp_path / "kim.json").write_text('{"format": "ninestep/design"}')

    assert {(name, path) for name, path, _ in faults(tmp_path)} == {
        ("kim.json", "$.version"),
        ("kim.json", "$.steps"),
        ("kim.json", "$.board"),
    }


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    write_session(tmp_path, "ada", {"anna": {"pf.goal": 7}})
    write_session(tmp_path, "ben", {"anna": {"pf.goal": 3}})
    write_session(tmp_path, "kim", {"anna": {"pf.goal": 3}})
    (tmp_path / "ben.json").unlink()
    (tmp_path / "kim.ratings.yaml").unlink()

    assert {(name, reason) for name, _, reason in faults(tmp_path)} == {
        ("kim.json", "has no ratings: kim.ratings.yaml is missing"),
        ("ben.ratings.yaml", "has no design: ben.json is missing"),
        ("ada.ratings.yaml", "7 is not one of [1, 2, 3, 4, 'NE', 'NA']"),
    }


def test_folder_without_ratings_says_what_it_should_hold(tmp_path: Path) -> None:
    assert [reason for _, _, reason in faults(tmp_path)] == [
        "holds no ratings: files that end in .ratings.yaml"
    ]
    assert [reason for _, _, reason in faults(tmp_path / "nowhere")] == ["is not a folder"]


def faults(folder: Path) -> list[tuple[str, str, str]]:
    """File, path and reason of each."""
    with pytest.raises(BadFolder) as caught:
        read_folder(folder)
    return [(fault.file.name, fault.path, fault.reason) for fault in caught.value.faults]
