"""A pack with a fault is refused with the file, the place in it and the reason."""

from pathlib import Path

import pytest

from apps.content import registry
from apps.content.loader import (
    InvalidPack,
    load_catalogue,
    load_flow,
    load_problem,
    read_yaml,
    sha256_of,
)
from apps.core.errors import NotFound

PACKS = Path(__file__).parents[2] / "apps/content/packs"


def copy_of(pack: str, folder: Path, *changes: tuple[str, str]) -> Path:
    """The pack with pieces of its text replaced."""
    source = PACKS / pack
    text = source.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / source.name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        ("minutes: 5", "minutes: five", "$.steps[0].minutes", "'five' is not of type 'integer'"),
        ("short_name: Problem", "shortname: Problem", "$.steps[0]", "'short_name'"),
        ("id: ml-9-step", "id: other", "$.id", 'is "other", but the file is called ml-9-step.yaml'),
        ("version: 1.0.0", "version: new", "$.version", "'new' does not match"),
        ("name: ML", "name: [ML", "$", "is not YAML"),
        ("version: 1.0.0", "version: 1.0.0\nversion: 1.0.1", "$", '"version" stands twice'),
    ],
)
def test_a_flow_with_a_fault(tmp_path: Path, old: str, new: str, path: str, reason: str) -> None:
    file = copy_of("flows/ml-9-step.yaml", tmp_path, (old, new))

    with pytest.raises(InvalidPack) as refused:
        load_flow(file)

    assert refused.value.file == file
    assert refused.value.faults[0].path == path
    assert reason in refused.value.faults[0].reason
    assert str(refused.value).startswith("ml-9-step.yaml: $")


def test_a_component_of_no_category(tmp_path: Path) -> None:
    file = copy_of("catalogue/ml-systems.yaml", tmp_path, ("category: client", "category: moon"))

    with pytest.raises(InvalidPack, match='names "moon", which is no category'):
        load_catalogue(file)


def test_a_problem_with_a_key_nobody_knows(tmp_path: Path) -> None:
    file = copy_of(
        "problems/rec-video.yaml", tmp_path, ("version: 1.0.0", "version: 1.0.0\nhint: x")
    )

    with pytest.raises(InvalidPack, match="'hint' was unexpected"):
        load_problem(file)


def test_yaml_makes_no_objects(tmp_path: Path) -> None:
    file = tmp_path / "evil.yaml"
    file.write_text("!!python/object/apply:os.getcwd []", encoding="utf-8")

    with pytest.raises(InvalidPack, match="is not YAML"):
        read_yaml(file)


def test_a_hash_names_the_bytes_of_a_pack(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"id: a\n")

    digest = sha256_of(tmp_path / "a.yaml")

    assert digest == "32848b63caee2b356871054d84e60643683ed636c46ba010d11f04e367325f45"


@pytest.mark.parametrize("pack_id", ["nothing", "../flows/ml-9-step", ""])
def test_an_unknown_id_is_not_found(pack_id: str) -> None:
    with pytest.raises(NotFound):
        registry.problem(pack_id)
