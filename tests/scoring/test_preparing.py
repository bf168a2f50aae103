"""Setup embeds the rubrics' own sentences, and says where it cannot."""

import struct
from pathlib import Path

import pytest

from apps.content import registry
from apps.scoring.domain import preparing
from apps.scoring.domain.engines import compiled
from apps.scoring.semantic.cache import key_of
from apps.scoring.semantic.model import WIDTH, ModelFile, ModelMissing
from apps.scoring.semantic.prepared import read_prepared


class Model:
    sha256 = "ab" * 32

    def encode(self, _text: str) -> bytes:
        return struct.pack("<e", 0.5) * WIDTH


def test_every_prototype_of_every_rubric_is_there_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numpy", reason="the semantic channel is not installed")
    monkeypatch.setattr(preparing, "find_model", lambda _: ModelFile(tmp_path, Model.sha256))
    monkeypatch.setattr(preparing, "load_model", lambda _: Model())

    new = preparing.prepare_vectors(tmp_path)

    prepared = read_prepared(Model.sha256, tmp_path)
    prototypes = [
        text
        for pack in registry.rubrics()
        for item in compiled(pack).data["criteria"]
        for facet in item["facets"]
        for text in facet.get("prototypes", ())
    ]
    assert new == len(prepared) > len(set(prototypes)) > 500
    assert all(key_of(Model.sha256, text) in prepared for text in prototypes)
    assert preparing.prepare_vectors(tmp_path) == 0


def test_without_a_model_the_reason_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(_folder: Path) -> ModelFile:
        raise ModelMissing("the package is not installed")

    monkeypatch.setattr(preparing, "find_model", missing)

    status = preparing.main()

    assert status == 1
    assert capsys.readouterr().err == (
        "Scoring goes by words alone: the package is not installed.\n"
    )
