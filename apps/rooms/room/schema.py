"""What the documents hold: which root maps there are, and what their keys lead to."""

from collections.abc import Mapping
from enum import Enum
from typing import Final, TypeAlias


class Holds(Enum):
    """What the keys of a root map lead to."""

    VALUES = "plain values"
    MAPS = "maps of plain values"
    TEXTS = "texts"


Schema: TypeAlias = Mapping[str, Holds]

MAX_KEY_LENGTH: Final = 256  # characters
MAX_DEPTH: Final = 16  # of a plain value

# A browser that copies these into an object changes the object's kind, not its content.
FORBIDDEN_KEYS: Final = frozenset({"__proto__", "constructor", "prototype"})
