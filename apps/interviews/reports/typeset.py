"""How is a report set as PDF without trusting what people wrote in it?

Their words reach Typst as values of a JSON text, which `report.typ` shows as strings: nothing of
them is ever read as markup. It runs in a child process of bounded memory and time, offline, with
the fonts of this folder and no others.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from apps.core.children import Child, Ended, NotStarted, OutOfTime
from apps.core.errors import NinestepError

PROGRAM: Final = "apps.interviews.reports.child"
LIMIT_S: Final = 30.0
MAX_INPUT_BYTES: Final = 8 * 1024 * 1024
MAX_OUTPUT_BYTES: Final = 32 * 1024 * 1024
TEXT_MAX_LENGTH: Final = 20_000
CUT: Final = " […]"

# One report at a time: two would slow one another down, and take twice the memory.
_slot = threading.BoundedSemaphore(1)


class ReportFailed(NinestepError):
    code = "unavailable"


def typeset(report: Mapping[str, object], fmt: str = "pdf") -> bytes:
    """The report as "pdf", or its first page as "png". Raises ReportFailed."""
    source = json.dumps(_shortened(report)).encode()
    if len(source) > MAX_INPUT_BYTES:
        raise ReportFailed("The report is too long to be set as PDF. Its page shows all of it.")
    with _one_at_a_time():
        return _ask(fmt.encode(), source)


def _ask(fmt: bytes, source: bytes) -> bytes:
    child = _started()
    try:
        child.within(LIMIT_S)
        child.send(fmt.ljust(4) + len(source).to_bytes(4, "big") + source)
        length = int.from_bytes(child.read(4), "big")
        if not 0 < length <= MAX_OUTPUT_BYTES:
            raise ReportFailed("The report could not be set as PDF. Its page shows all of it.")
        return child.read(length)
    except (Ended, OutOfTime) as error:
        raise ReportFailed("The report took more time or memory than it may have.") from error
    finally:
        child.stop()


def _started() -> Child:
    try:
        return Child(PROGRAM, [])
    except NotStarted as error:
        raise ReportFailed("Reports cannot be set as PDF at the moment.") from error


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _slot.acquire(timeout=LIMIT_S):
        raise ReportFailed("Another report is being set. Try again in a moment.")
    try:
        yield
    finally:
        _slot.release()


def _shortened(value: object) -> Any:
    """Texts cut to what a page can bear, without the control characters no font draws."""
    if isinstance(value, dict):
        return {key: _shortened(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_shortened(one) for one in value]
    if isinstance(value, str):
        return _printable(value) if value[:4] != "<svg" else value
    return value


def _printable(text: str) -> str:
    cut = text if len(text) <= TEXT_MAX_LENGTH else text[:TEXT_MAX_LENGTH] + CUT
    return "".join(sign for sign in cut if sign in "\n\t" or sign.isprintable() or sign == "\u200f")
