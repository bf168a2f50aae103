"""The rubrics' own sentences are embedded before the first scoring, and read from disk then."""

import logging
import struct
from pathlib import Path

import pytest

from apps.scoring.semantic.cache import key_of
from apps.scoring.semantic.model import WIDTH
from apps.scoring.semantic.prepared import prepare, read_prepared

pytest.importorskip("numpy", reason="the semantic channel is not installed")


class Lengths:
    sha256 = "1234567890abcdef0000"

    def encode(self, text: str) -> bytes:
        return struct.pack("<e", len(text)) * WIDTH


def key(text: str) -> str:
    return key_of(Lengths.sha256, text)


def test_what_was_prepared_is_read_again(tmp_path: Path) -> None:
    model = Lengths()

    new = prepare(model, ["a", "bb", "a"], tmp_path)

    assert new == 2
    assert read_prepared(model.sha256, tmp_path) == {
        key("a"): model.encode("a"),
        key("bb"): model.encode("bb"),
    }


def test_only_new_sentences_are_embedded_and_old_ones_go(tmp_path: Path) -> None:
    prepare(Lengths(), ["a", "bb"], tmp_path)

    new = prepare(Lengths(), ["bb", "ccc"], tmp_path)

    assert new == 1
    assert set(read_prepared(Lengths.sha256, tmp_path)) == {key("bb"), key("ccc")}
    assert prepare(Lengths(), ["bb", "ccc"], tmp_path) == 0


def test_nothing_was_prepared_for_another_model(tmp_path: Path) -> None:
    prepare(Lengths(), ["a"], tmp_path)

    assert read_prepared("another", tmp_path) == {}


def test_a_damaged_file_is_said_and_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    prepare(Lengths(), ["a"], tmp_path)
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:100])

    with caplog.at_level(logging.WARNING):
        assert read_prepared(Lengths.sha256, tmp_path) == {}
    assert "made anew" in caplog.text
    assert prepare(Lengths(), ["a"], tmp_path) == 1
