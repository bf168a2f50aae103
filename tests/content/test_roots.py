"""Packs of a private folder stand beside the shipped ones, and in for their namesakes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.content import registry
from apps.content.roots import SHIPPED, VARIABLE, roots
from apps.core.errors import Invalid
from tests.content.packs import copy_of


@pytest.fixture(autouse=True)
def forget_packs() -> Iterator[None]:
    """The registry reads each pack once a process."""
    caches = (registry.pack, registry.problem)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


def test_a_private_problem_stands_beside_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of(
        "problems/rec-video", tmp_path / "problems", ("problem.yaml", "id: rec-video", "id: own")
    )
    folder.rename(folder.with_name("own"))
    monkeypatch.setenv(VARIABLE, str(tmp_path))

    assert registry.problem("own").title == registry.problem("rec-video").title
    assert {"own", "rec-video"} <= set(registry.pack_ids("problem"))


def test_a_private_problem_stands_in_for_its_namesake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_of(
        "problems/rec-video", tmp_path / "problems", ("problem.yaml", "title: Video", "title: Film")
    )
    monkeypatch.setenv(VARIABLE, str(tmp_path))

    assert registry.problem("rec-video").title == "Film recommendation"


def test_several_folders_are_named_like_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    monkeypatch.setenv(VARIABLE, f"{one}{os.pathsep}{two}")

    assert roots() == (SHIPPED, one, two)


def test_a_folder_that_is_not_there_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "moon"))

    with pytest.raises(Invalid, match=r"NINESTEP_CONTENT_DIRS names .*moon, which is not a folder"):
        registry.pack_ids("problem")
