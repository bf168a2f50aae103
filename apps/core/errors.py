"""The errors that may reach a person. Each becomes one answer at the edge (page, REST, socket)."""

from dataclasses import dataclass


class NinestepError(Exception):
    """Base. `code` is for programs, `str(error)` a sentence for people."""

    code = "error"


class NotFound(NinestepError):
    """Does not exist, or the asker may not know that it does: the two are never told apart."""

    code = "not_found"


class Conflict(NinestepError):
    """The request is fine but the state of things forbids it now."""

    code = "conflict"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input. `path` is a JSON path such as `$.steps[2].id`."""

    path: str
    reason: str


class Invalid(NinestepError):
    """An input was refused whole; nothing was changed."""

    code = "invalid"

    def __init__(self, message: str, faults: list[Fault] | None = None) -> None:
        super().__init__(message)
        self.faults = faults or []
