"""Which folders hold packs? The product's own, and private ones that the environment names."""

import os
from pathlib import Path
from typing import Final

from apps.core.errors import Invalid

SHIPPED: Final = Path(__file__).parent / "packs"
VARIABLE: Final = "NINESTEP_CONTENT_DIRS"


def roots() -> tuple[Path, ...]:
    """The shipped folder first; a pack of a later one stands in for its namesake in an earlier.

    Read from the environment, not from Django's settings: scoring on the command line needs no
    Django. Raises Invalid for a folder that is not there.
    """
    named = os.environ.get(VARIABLE, "").split(os.pathsep)
    private = tuple(Path(name).expanduser().resolve() for name in named if name.strip())
    for folder in private:
        if not folder.is_dir():
            raise Invalid(f"{VARIABLE} names {folder}, which is not a folder.")
    return (SHIPPED, *private)
