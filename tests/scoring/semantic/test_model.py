"""A file of another hash is never run, and a vector is that of the original model."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

from apps.scoring.semantic.model import (
    PACKAGED_SHA256,
    RECORD,
    REQUANTISED,
    WIDTH,
    Model,
    ModelDamaged,
    ModelFile,
    ModelMissing,
    find_model,
    load_model,
    packaged_path,
)
from tests.scoring.semantic.conftest import need_the_extra

# Sentences with the vectors of the original weights at full precision (decision 10 says how).
REFERENCE = json.loads(Path(__file__).with_name("reference.json").read_text(encoding="utf-8"))


def cosine(left: bytes, right: bytes) -> float:
    import numpy as np

    one, other = (np.frombuffer(row, dtype="<f2").astype(np.float64) for row in (left, right))
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


@pytest.mark.parametrize("row", REFERENCE, ids=lambda row: row["text"][:20])
def test_vectors_are_those_of_the_original_model(model: Model, row: dict[str, str]) -> None:
    expected = base64.b64decode(row["vector"])

    assert cosine(model.encode(row["text"]), expected) > 0.98


def test_the_packaged_model_is_nearer_still() -> None:
    need_the_extra()
    packaged = load_model(ModelFile(packaged_path(), PACKAGED_SHA256))

    near = [
        cosine(packaged.encode(row["text"]), base64.b64decode(row["vector"])) for row in REFERENCE
    ]

    assert min(near) > 0.997


def test_a_vector_has_unit_length_and_is_the_same_again(model: Model) -> None:
    import numpy as np

    first = model.encode("The same sentence has the same vector.")
    model.encode("Another sentence in between.")
    again = model.encode("The same sentence has the same vector.")

    row = np.frombuffer(first, dtype="<f2").astype(np.float64)
    assert again == first
    assert len(row) == WIDTH
    assert np.linalg.norm(row) == pytest.approx(1, abs=1e-3)


def test_a_damaged_file_is_not_run(tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"something else")

    with pytest.raises(ModelDamaged, match="make setup"):
        load_model(ModelFile(file, PACKAGED_SHA256))


def test_a_file_that_is_gone_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="No such file"):
        load_model(ModelFile(tmp_path / "model.onnx", PACKAGED_SHA256))


def record(folder: Path, **changed: object) -> None:
    data = {"source": PACKAGED_SHA256, "sha256": "ab" * 32, "cosine": 0.99, "kept": True}
    (folder / RECORD).write_text(json.dumps({**data, **changed}), encoding="utf-8")


def test_the_requantised_file_is_used_where_it_was_kept(tmp_path: Path) -> None:
    need_the_extra()
    record(tmp_path)

    assert find_model(tmp_path) == ModelFile(tmp_path / REQUANTISED, "ab" * 32)


@pytest.mark.parametrize("changed", [{"kept": False}, {"source": "cd" * 32}])
def test_the_packaged_file_is_used_otherwise(tmp_path: Path, changed: dict[str, object]) -> None:
    need_the_extra()
    record(tmp_path, **changed)

    assert find_model(tmp_path).sha256 == PACKAGED_SHA256
    assert find_model(tmp_path / "empty").sha256 == PACKAGED_SHA256


def test_an_unreadable_record_is_said(tmp_path: Path) -> None:
    need_the_extra()
    (tmp_path / RECORD).write_text("{", encoding="utf-8")

    with pytest.raises(ModelDamaged, match="cannot be read"):
        find_model(tmp_path)


def test_the_packaged_file_is_the_one_that_was_checked() -> None:
    need_the_extra()

    assert hashlib.sha256(packaged_path().read_bytes()).hexdigest() == PACKAGED_SHA256
