"""Which vectors are there before the first scoring? Those of the rubric's own sentences, on disk.

A row stands under the hash of model and text, as in the cache: a rubric of another version finds
the sentences that stayed and embeds the others.
"""

import logging
import os
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from apps.scoring.semantic.cache import MemoryCache, key_of
from apps.scoring.semantic.model import MADE, WIDTH
from apps.scoring.semantic.vectors import Encoder, SentenceVectors

KEY_BYTES = 32

log = logging.getLogger(__name__)


def read_prepared(model_sha256: str, folder: Path = MADE) -> dict[str, bytes]:
    """Key -> vector; empty where nothing was prepared for this model."""
    import numpy as np  # of the extra

    try:
        with (
            _path(model_sha256, folder).open("rb") as file,
            np.load(file, allow_pickle=False) as stored,
        ):
            keys, rows = stored["keys"], stored["rows"]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        log.warning("The prepared vectors cannot be read and are made anew: %s", error)
        return {}
    return {bytes(key).hex(): row.tobytes() for key, row in zip(keys, rows, strict=True)}


def prepare(encoder: Encoder, texts: Iterable[str], folder: Path = MADE) -> int:
    """Stores the vectors of these texts and of no others. How many had to be embedded?"""
    wanted = list(dict.fromkeys(texts))
    keys = [key_of(encoder.sha256, text) for text in wanted]
    known = read_prepared(encoder.sha256, folder)
    new = sum(key not in known for key in keys)
    if new or len(known) != len(keys):
        cache = MemoryCache(most=len(wanted))
        SentenceVectors(encoder, cache, known).of(wanted)
        _write(encoder.sha256, folder, known | cache.get_many(keys), keys)
    return new


def _write(model_sha256: str, folder: Path, vectors: Mapping[str, bytes], keys: list[str]) -> None:
    """In one move: another process reads the old file or the new one."""
    import numpy as np  # of the extra

    folder.mkdir(parents=True, exist_ok=True)
    joined = b"".join(vectors[key] for key in keys)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".npz", delete=False) as file:
        np.savez(
            file,
            keys=np.frombuffer(bytes.fromhex("".join(keys)), dtype="u1").reshape(-1, KEY_BYTES),
            rows=np.frombuffer(joined, dtype="<f2").reshape(-1, WIDTH),
        )
    os.chmod(file.name, 0o644)
    os.replace(file.name, _path(model_sha256, folder))


def _path(model_sha256: str, folder: Path) -> Path:
    return folder / f"vectors-{model_sha256[:16]}.npz"
