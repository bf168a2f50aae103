"""One row of a card, as far as the arithmetic needs it."""

from dataclasses import dataclass
from typing import Final

NOT_APPLICABLE: Final = "NA"


@dataclass(frozen=True, slots=True)
class Rating:
    """level: 1 to 4, or None with a state: "NE", "NA" or "" for nothing said yet.

    is_probed: the interviewer asked about it.
    """

    level: int | None = None
    state: str = ""
    is_probed: bool = False

    @property
    def applies(self) -> bool:
        return self.state != NOT_APPLICABLE


NOTHING: Final = Rating()
