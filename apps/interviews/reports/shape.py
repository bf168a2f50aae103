"""The form of a report, alike for its page and for its PDF."""

from typing import NotRequired, TypedDict


class Mark(TypedDict):
    """level: 1 to 4 for its colour, 0 without one."""

    text: str
    level: int


class Fact(TypedDict):
    name: str
    value: str


class GridRow(TypedDict):
    name: str
    cells: list[Mark]


class Grid(TypedDict):
    heads: list[str]
    rows: list[GridRow]


class Entry(TypedDict):
    who: str
    cell: Mark
    aside: str
    quotes: list[str]
    reason: str


class Item(TypedDict):
    title: str
    entries: list[Entry]


class Section(TypedDict):
    title: str
    paragraphs: NotRequired[list[str]]
    grid: NotRequired[Grid]
    items: NotRequired[list[Item]]
    svg: NotRequired[str]


class Report(TypedDict):
    title: str
    subtitle: str
    footer: str
    facts: list[Fact]
    sections: list[Section]
