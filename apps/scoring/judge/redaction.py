"""How do names stay out of what is sent, while quotes still lead back to the notes?"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

NAME: Final = "[name]"
ADDRESS: Final = "[address]"
# A single letter is an initial, and would be struck out of every other word.
SHORTEST: Final = 2

_ADDRESS: Final = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"


@dataclass(frozen=True, slots=True)
class _Cut:
    """sent[start:end] stands for raw[raw_start:raw_end]."""

    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text as it is sent."""

    text: str
    cuts: tuple[_Cut, ...] = ()

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the raw text; a name that is touched is taken whole."""
        return self._raw(start, to_end=False), self._raw(end, to_end=True)

    def _raw(self, place: int, *, to_end: bool) -> int:
        at = bisect_right(self.cuts, place, key=lambda cut: cut.start) - 1
        if at < 0:
            return place
        cut = self.cuts[at]
        if cut.start < place < cut.end:
            return cut.raw_end if to_end else cut.raw_start
        if place == cut.start:
            return cut.raw_start
        return place - cut.end + cut.raw_end


@dataclass(frozen=True, slots=True)
class Redactor:
    """Strikes out the names of known people, and every e-mail address."""

    pattern: re.Pattern[str]

    def redact(self, raw: str) -> Redacted:
        pieces: list[str] = []
        cuts: list[_Cut] = []
        last = length = 0
        for match in self.pattern.finditer(raw):
            kept, stand_in = raw[last : match.start()], _stand_in(match.group())
            pieces += (kept, stand_in)
            start = length + len(kept)
            length = start + len(stand_in)
            cuts.append(_Cut(start, length, match.start(), match.end()))
            last = match.end()
        return Redacted("".join((*pieces, raw[last:])), tuple(cuts))


def redactor(names: Iterable[str]) -> Redactor:
    """Whole names in any case, and each of their words as it is written: "Will", but not "will"."""
    whole = {" ".join(name.split()) for name in names}
    parts = {part for name in whole for part in name.split()}
    choices = (
        _ADDRESS,
        *(_in_any_case(name) for name in _longest_first(whole) if " " in name),
        *(re.escape(part) for part in _longest_first(parts) if len(part) >= SHORTEST),
    )
    return Redactor(re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)"))


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda one: (-len(one), one))


def _in_any_case(name: str) -> str:
    spaced = r"\s+".join(map(re.escape, name.split()))
    return f"(?i:{spaced})"


def _stand_in(found: str) -> str:
    return ADDRESS if "@" in found else NAME
