"""The channel is used where it is installed, left out or insisted on by one variable."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.core.errors import Invalid
from apps.scoring.semantic import channel, model
from apps.scoring.semantic.model import ModelDamaged, ModelFile, ModelMissing
from tests.scoring.semantic.conftest import need_the_extra


@pytest.fixture(autouse=True)
def _nothing_found_yet() -> Iterator[None]:
    channel._found.cache_clear()
    channel._sound_model.cache_clear()
    yield
    channel._found.cache_clear()
    channel._sound_model.cache_clear()


@pytest.fixture
def without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "PACKAGE", "a_package_that_nobody_has")


def test_lexical_leaves_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(channel.VARIABLE, "lexical")

    assert channel.vectors() is None
    assert channel.model_in_use() is None


def test_it_is_used_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    need_the_extra()
    monkeypatch.delenv(channel.VARIABLE)

    vectors = channel.vectors()

    assert vectors is not None
    assert vectors.model == channel.model_in_use()
    assert channel.vectors() is vectors
    assert channel.why_not() == ""


@pytest.mark.usefixtures("without_the_package")
def test_without_its_packages_words_alone_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(channel.VARIABLE)

    assert channel.vectors() is None
    assert channel.model_in_use() is None
    assert "not installed" in channel.why_not()


@pytest.mark.usefixtures("without_the_package")
def test_insisting_on_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(channel.VARIABLE, "semantic")

    with pytest.raises(ModelMissing, match="make setup"):
        channel.vectors()


def test_a_damaged_model_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damaged = tmp_path / "model.onnx"
    damaged.write_bytes(b"half a model")
    monkeypatch.setattr(channel, "find_model", lambda: ModelFile(damaged, "ab" * 32))
    monkeypatch.delenv(channel.VARIABLE)

    assert channel.vectors() is None
    assert "Scoring by words alone" in caplog.text

    monkeypatch.setenv(channel.VARIABLE, "semantic")
    with pytest.raises(ModelDamaged):
        channel.vectors()


def test_another_choice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(channel.VARIABLE, "both")

    with pytest.raises(Invalid, match='not "both"'):
        channel.vectors()
