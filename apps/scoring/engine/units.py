"""Which pieces of a step's notes can speak for themselves? Sentences, bullets and table rows.

Offsets are code points in the raw notes, so that `notes[unit.start:unit.end]` is the quote.
Headings are context; code and addresses are left out.
"""

import re
from collections.abc import Iterator, Sized
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, TypeAlias

# Of each step's notes so much is read, in code points and in units: ten times what is ever written
# in an interview, so that hostile notes cannot keep the machine busy.
MOST_READ: Final = 20_000
MOST_UNITS: Final = 400
# An abbreviation is not longer than this, in code points.
ABBREVIATED: Final = 8

Kind: TypeAlias = Literal["sentence", "bullet", "row"]

_FENCE: Final = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[^\n]*$|\Z)", re.M | re.S)
# What opens and never closes is read once, not again from each place where it could have opened.
_HIDDEN: Final = re.compile(r"<!--.*?(?:-->|\Z)|\]\([^()\n]*\)|https?://\S+|<[^<>\n]{1,200}>", re.S)
_MARKUP: Final = re.compile(r"[*_`~#>|\[\]\\]")
_LINE: Final = re.compile(r"[^\n]*(?:\n|\Z)")
_BULLET: Final = re.compile(r"^([ \t]*)(?:[-*+•–]|\d{1,3}[.)]|\[[ xX]\])[ \t]+")
_HEADING: Final = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]|^[ \t]*\*\*[^*\n]+\*\*[ \t]*:?[ \t]*$")
_LABEL: Final = re.compile(r"^[^.!?|]{1,60}:[ \t]*$")
_RULE: Final = re.compile(r"^[ \t]*[|:\-= \t]{3,}$")
_SENTENCE_END: Final = re.compile(r"[.!?]+[\"')\]*_]*(?=\s+[\"'(\[*_`]*[^\Wa-z_]|\s*$)")
# For those who write everything small.
_SMALL_END: Final = re.compile(r"[.!?]+[\"')\]*_]*(?=\s+[\"'(\[*_`]*[^\W_]|\s*$)")
_LARGE: Final = re.compile(r"\b[A-Z]")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|resp|cf|no|fig|al|min|max|avg|incl|est)|\b[A-Za-z])\.$", re.I
)


@dataclass(frozen=True, slots=True)
class Unit:
    """clean: as long as the raw slice, with markup and hidden parts blanked.
    block: which paragraph, bullet or row of the notes it is in, counted from 0.
    """

    start: int
    end: int
    clean: str
    kind: Kind
    context: str
    block: int = 0


def units_of(notes: str) -> list[Unit]:
    """Those of the part that is read."""
    clean = _blank(_HIDDEN, _blank(_FENCE, part_read(notes)))
    sentence_end = _SENTENCE_END if _LARGE.search(clean) else _SMALL_END
    units = (
        unit
        for number, block in enumerate(_blocks(clean))
        for unit in _split(block, number, sentence_end)
        if any(char.isalnum() for char in unit.clean)
    )
    return list(islice(units, MOST_UNITS))


def part_read(notes: str) -> str:
    """The notes up to the last whole line that is read, or the whole of them."""
    if len(notes) <= MOST_READ:
        return notes
    last_line = notes.rfind("\n", 0, MOST_READ)
    return notes[: last_line + 1 or MOST_READ]


def is_read_whole(notes: str, units: Sized) -> bool:
    """units: of the notes."""
    return len(notes) <= MOST_READ and len(units) < MOST_UNITS


@dataclass(slots=True)
class _Block:
    start: int
    text: str
    kind: Kind
    context: str


def _blocks(clean: str) -> Iterator[_Block]:
    """Paragraphs, bullets with their continued lines, and rows."""
    open_block: _Block | None = None
    heading = ""
    for match in _LINE.finditer(clean):
        line = match.group()
        kind = _kind_of(line)
        if kind == "text" and open_block is not None and open_block.kind != "row":
            open_block.text += line
            continue
        if open_block is not None:
            yield open_block
            open_block = None
        if kind == "heading":
            heading = _MARKUP.sub(" ", line).strip(" :\n")
        elif kind in ("text", "bullet", "row"):
            marker = _BULLET.match(line)
            skip = marker.end() if marker else 0
            unit_kind: Kind = (
                "bullet" if kind == "bullet" else "row" if kind == "row" else "sentence"
            )
            open_block = _Block(match.start() + skip, line[skip:], unit_kind, heading)
    if open_block is not None:
        yield open_block


def _kind_of(line: str) -> str:
    if not line.strip():
        return "blank"
    if _RULE.match(line.rstrip("\n")):
        return "rule"
    if line.lstrip().startswith("|") or line.count("|") >= 2:
        return "row"
    if _HEADING.match(line) or _LABEL.match(line.rstrip("\n")):
        return "heading"
    return "bullet" if _BULLET.match(line) else "text"


def _split(block: _Block, number: int, sentence_end: re.Pattern[str]) -> Iterator[Unit]:
    """Sentences of a block; a row stays whole."""
    start = 0
    if block.kind != "row":
        for match in sentence_end.finditer(block.text):
            if _ABBREVIATION.search(
                block.text[max(start, match.end() - ABBREVIATED) : match.end()]
            ):
                continue
            yield from _unit(block, number, start, match.end())
            start = match.end()
    yield from _unit(block, number, start, len(block.text))


def _unit(block: _Block, number: int, start: int, end: int) -> Iterator[Unit]:
    piece = block.text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if start >= end:
        return
    first, last = block.start + start, block.start + end
    clean = _MARKUP.sub(" ", block.text[start:end])
    yield Unit(first, last, clean, block.kind, block.context, number)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Blanks what matches, keeping every offset and every line."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
