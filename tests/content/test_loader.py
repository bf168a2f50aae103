"""A pack with a fault is refused with the file, the line, the place in it and the reason."""

from pathlib import Path

import pytest

from apps.content import registry
from apps.content.build import catalogue_of
from apps.content.loader import InvalidPack, read_pack
from apps.content.yaml_files import BadFile, line_of, parse_yaml, read_yaml, write_yaml
from apps.core.errors import NotFound
from tests.content.packs import copy_of


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "reason"),
    [
        ("short_name: Problem", "shortname: Problem", 16, "$.steps[0]", "'short_name'"),
        ("id: ml-9-step", "id: other", 7, "$.id", 'is "other", but the folder is called ml-9-step'),
        ("version: 2.0.0", "version: new", 8, "$.version", "'new' does not match"),
        ("name: ML", "name: [ML", 13, "$", "is not YAML"),
        ("version: 2.0.0", "version: 2.0.0\nversion: 2.0.1", 7, "$", '"version" stands twice'),
    ],
)
def test_a_flow_with_a_fault(
    tmp_path: Path, old: str, new: str, line: int, path: str, reason: str
) -> None:
    folder = copy_of("flows/ml-9-step", tmp_path, ("flow.yaml", old, new))

    with pytest.raises(InvalidPack) as refused:
        read_pack("flow", folder)

    assert refused.value.file == folder / "flow.yaml"
    assert refused.value.faults[0].path == path
    assert reason in refused.value.faults[0].reason
    assert refused.value.line == line
    assert f"flow.yaml:{line}: {path} " in str(refused.value)


def test_a_component_of_no_category(tmp_path: Path) -> None:
    """The message names the file among the pack's files that says it."""
    folder = copy_of(
        "catalogue/ml-systems",
        tmp_path,
        ("components/02-edge.yaml", "category: edge", "category: moon"),
    )

    with pytest.raises(InvalidPack, match='names "moon", which is no category') as refused:
        catalogue_of(read_pack("catalogue", folder))

    assert refused.value.file == folder / "components/02-edge.yaml"
    assert refused.value.line == 4


def test_a_problem_with_a_key_nobody_knows(tmp_path: Path) -> None:
    folder = copy_of("problems/rec-video", tmp_path, ("problem.yaml", "title:", "hint: x\ntitle:"))

    with pytest.raises(InvalidPack, match="'hint' was unexpected"):
        read_pack("problem", folder)


def test_a_file_that_nobody_reads(tmp_path: Path) -> None:
    folder = copy_of("problems/rec-video", tmp_path)
    (folder / "referense.yaml").write_text("summary: lost\n", encoding="utf-8")

    with pytest.raises(InvalidPack, match=r"referense.yaml:1: \$ is not a file that a pack"):
        read_pack("problem", folder)


def test_a_hash_names_what_a_pack_says_and_not_how(tmp_path: Path) -> None:
    folder = copy_of("flows/ml-9-step", tmp_path)
    before = read_pack("flow", folder).sha256
    file = folder / "flow.yaml"

    file.write_text("# a remark\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    remarked = read_pack("flow", folder).sha256
    file.write_text(file.read_text(encoding="utf-8").replace("Ask first", "Ask"), encoding="utf-8")
    changed = read_pack("flow", folder).sha256

    assert remarked == before
    assert changed != before


def test_yaml_makes_no_objects(tmp_path: Path) -> None:
    file = tmp_path / "evil.yaml"
    file.write_text("!!python/object/apply:os.getcwd []", encoding="utf-8")

    with pytest.raises(BadFile, match="is not YAML"):
        read_yaml(file)


def test_dates_stay_text_and_keys_become_text(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("reviewed: 2026-11-23\nlevels: {1: one}\n", encoding="utf-8")

    assert read_yaml(file) == {"reviewed": "2026-11-23", "levels": {"1": "one"}}


def test_the_line_of_a_value_or_of_what_is_around_it(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: 1\nb:\n  - c: 2\n  - c: 3\n    d: 4\n", encoding="utf-8")

    assert line_of(file, ("b", 1, "d")) == 5
    assert line_of(file, ("b", 1, "nothing")) == 4
    assert line_of(file, ("nothing",)) == 1


@pytest.mark.parametrize("problem_id", registry.pack_ids("problem"))
def test_a_problem_written_as_text_says_the_same(problem_id: str) -> None:
    document = registry.pack("problem", problem_id).document

    assert parse_yaml(write_yaml(document)) == document


@pytest.mark.parametrize("pack_id", ["nothing", "../flows/ml-9-step", "", "."])
def test_an_unknown_id_is_not_found(pack_id: str) -> None:
    with pytest.raises(NotFound):
        registry.problem(pack_id)
