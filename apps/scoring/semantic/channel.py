"""Is the semantic channel there? The vectors of this process, or the reason why there are none."""

import logging
import os
from functools import cache
from typing import Final

from apps.core.errors import Invalid
from apps.scoring.semantic.cache import MemoryCache
from apps.scoring.semantic.model import (
    ModelDamaged,
    ModelMissing,
    check_model,
    find_model,
    load_model,
)
from apps.scoring.semantic.prepared import read_prepared
from apps.scoring.semantic.vectors import SentenceVectors

# "lexical" does without, "semantic" insists; left out, the channel is used where it is installed.
VARIABLE: Final = "NINESTEP_SCORING_CHANNELS"
CHOICES: Final = ("lexical", "semantic")

log = logging.getLogger(__name__)


def vectors() -> SentenceVectors | None:
    """The model, loaded once a process; None where words alone are to score.

    Raises Invalid for another choice than these two, and ModelMissing or ModelDamaged if the
    channel is insisted on.
    """
    wanted = _wanted()
    if wanted == "lexical":
        return None
    found = _found()
    if isinstance(found, SentenceVectors):
        return found
    if wanted == "semantic":
        raise found
    return None


def model_in_use() -> str | None:
    """The SHA-256 of the model that `vectors` has in a process like this one; loads nothing.

    None where words alone are to score. Raises Invalid as `vectors` does.
    """
    wanted = _wanted()
    if wanted == "lexical":
        return None
    return _sound_model()


def why_not() -> str:
    """What keeps the channel from being used; empty if nothing does."""
    found = _found()
    return "" if isinstance(found, SentenceVectors) else str(found)


def _wanted() -> str:
    wanted = os.environ.get(VARIABLE, "").strip().lower()
    if wanted and wanted not in CHOICES:
        raise Invalid(f'{VARIABLE} must be one of {", ".join(CHOICES)}, not "{wanted}".')
    return wanted


@cache
def _sound_model() -> str | None:
    try:
        file = find_model()
        check_model(file)
    except (ModelMissing, ModelDamaged):
        return None
    return file.sha256


@cache
def _found() -> SentenceVectors | ModelMissing | ModelDamaged:
    try:
        return load()
    except ModelMissing as error:
        log.info("Scoring by words alone: %s", error)
        return error
    except ModelDamaged as error:
        log.warning("Scoring by words alone: %s", error)
        return error


def load() -> SentenceVectors:
    """Raises ModelMissing or ModelDamaged."""
    # One thread for the product of two matrices too. Read when numpy is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    model = load_model(find_model())
    return SentenceVectors(model, MemoryCache(), read_prepared(model.sha256))
