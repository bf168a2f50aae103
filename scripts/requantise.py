"""Makes the model of the semantic channel twice as fast: whole numbers in its products too.

The packaged file keeps its weights as 8-bit numbers but turns each into a fraction before it is
multiplied. Here the weights are folded back and quantised so that the products run in 8 bits. Kept
only if the vectors of a fixed set of sentences stay near those of the packaged file.

    python -m scripts.requantise [FOLDER]       needs onnx, onnxruntime and numpy
"""

import hashlib
import json
import logging
import sys
import tempfile
from pathlib import Path
from statistics import mean
from typing import Final

import numpy as np
import onnx
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from apps.scoring.engine.background import BACKGROUND
from apps.scoring.semantic.model import (
    MADE,
    PACKAGED_SHA256,
    RECORD,
    REQUANTISED,
    Model,
    ModelFile,
    load_model,
    packaged_path,
)

# Mean cosine between the vectors of both files.
NEAR_ENOUGH: Final = 0.985


def main() -> int:
    logging.disable(logging.WARNING)  # of a preprocessing that this model does not need
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else MADE
    folder.mkdir(parents=True, exist_ok=True)
    packaged = load_model(ModelFile(packaged_path(), PACKAGED_SHA256))
    made = folder / REQUANTISED
    # Beside its later place, so that the move is one step.
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        quantised = _quantise(packaged_path(), Path(scratch))
        file = ModelFile(quantised, hashlib.sha256(quantised.read_bytes()).hexdigest())
        cosine = _likeness(packaged, load_model(file))
        kept = cosine >= NEAR_ENOUGH
        if kept:
            quantised.replace(made)
    record = {
        "source": PACKAGED_SHA256,
        "sha256": file.sha256,
        "cosine": round(cosine, 4),
        "kept": kept,
    }
    (folder / RECORD).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    if not kept:
        print(f"Its vectors are too far from the packaged model's: cosine {cosine:.4f}.")
    return 0


def _quantise(packaged: Path, scratch: Path) -> Path:
    folded, quantised = scratch / "folded.onnx", scratch / "quantised.onnx"
    onnx.save(_folded(onnx.load(str(packaged))), str(folded))
    quantize_dynamic(
        folded,
        quantised,
        per_channel=True,
        # Seven bits: eight overflow on processors without VNNI, which would give other vectors.
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    return quantised


def _folded(model: onnx.ModelProto) -> onnx.ModelProto:
    """Every cast and scaling of a stored weight carried out once and for all."""
    graph = model.graph
    stored = {one.name: one for one in graph.initializer}
    cast = {}
    done = []
    for node in graph.node:
        if node.op_type == "Cast" and node.input[0] in stored:
            cast[node.output[0]] = numpy_helper.to_array(stored[node.input[0]]).astype(np.float32)
            done.append(node)
        elif node.op_type == "Mul" and node.input[0] in cast and node.input[1] in stored:
            weight = cast[node.input[0]] * numpy_helper.to_array(stored[node.input[1]])
            graph.initializer.append(numpy_helper.from_array(weight, node.output[0]))
            done.append(node)
    for node in done:
        graph.node.remove(node)
    used = {name for node in graph.node for name in node.input}
    left = [one for one in graph.initializer if one.name in used]
    del graph.initializer[:]
    graph.initializer.extend(left)
    onnx.checker.check_model(model)
    return model


def _likeness(packaged: Model, made: Model) -> float:
    return mean(_cosine(packaged.encode(text), made.encode(text)) for text in BACKGROUND)


def _cosine(left: bytes, right: bytes) -> float:
    one, other = (np.frombuffer(row, dtype="<f2").astype(np.float32) for row in (left, right))
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


if __name__ == "__main__":
    sys.exit(main())
