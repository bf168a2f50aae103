"""A megabyte of hostile notes: scored or refused within two seconds, and never by luck."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from apps.designs.document.types import DesignDocument
from apps.scoring.engine.units import MOST_READ, MOST_UNITS, units_of
from tests.scoring.documents import STEPS, all_of, make_board, make_document, score

SECONDS = 2.0
# Of each step, so that the nine of them make a megabyte.
EACH = 111_000


def repeated(piece: str) -> str:
    return (piece * (EACH // len(piece) + 1))[:EACH]


def counted(line: Callable[[int], str]) -> str:
    return "".join(line(number) for number in range(EACH // len(line(0))))[:EACH]


def prose() -> str:
    """No sentence twice, each of them full of what the rubric looks for."""
    text = " ".join(" ".join(all_of("strong").values()).replace("#", "").split())
    sentences = text.split(". ")
    return counted(lambda n: f"{sentences[n % len(sentences)]} in case {n} of them. ")


HOSTILE = {
    "nested lists": counted(lambda n: f"{' ' * (n % 400)}- a\n"),
    "deep quotes": repeated(">" * 200 + " a\n"),
    "one giant line": repeated("we log every play because viewers leave "),
    "one giant word": repeated("a"),
    "bare bullets": repeated("- a\n"),
    "bullets that differ": counted(lambda n: f"- we log w{n}x and track v{n}y because of k{n}z\n"),
    "a tall table": repeated("| nDCG | 200 ms | viewers |\n"),
    "a wide table": repeated("a|"),
    "a giant table rule": repeated("|:-= "),
    "open fences": repeated("```a\n~~~b\n"),
    "open comments": repeated("<!--"),
    "open tags": repeated("<" + "a" * 199),
    "open links": repeated("]("),
    "open links with words": repeated("a](b"),
    "open emphasis": repeated("**a"),
    "open bold headings": repeated("**a\n"),
    "brackets": repeated("["),
    "addresses": repeated("http://"),
    "headings": repeated("# a\n"),
    "labels": repeated("a" * 59 + ":\n"),
    "abbreviations": repeated("e.g. "),
    "initials": repeated(". A"),
    "closing quotes": repeated('."'),
    "full stops": repeated("."),
    "blanks": repeated(" "),
    "empty lines": repeated("\n"),
    "commas": repeated("a,"),
    "digits": repeated("1."),
    "apostrophes": repeated("a'"),
    "denials": repeated("not "),
    "questions": repeated("why? "),
    "words of many cues": repeated("ask who why "),
    "capitals in the middle": repeated("a The "),
    "emoji": repeated("🎬"),
    "combining accents": repeated("a\u0301"),
    "no blanks": repeated("电影"),
    "prose": prose(),
}


def seconds_for(document: DesignDocument) -> float:
    start = time.process_time()
    score(document).reply()
    return time.process_time() - start


@pytest.fixture(scope="module", autouse=True)
def _packs_are_read() -> None:
    score(make_document(all_of("strong"))).reply()


@pytest.mark.parametrize("name", HOSTILE)
def test_megabyte_of_notes_is_scored_in_time(name: str) -> None:
    document = make_document(dict.fromkeys(STEPS, HOSTILE[name]))

    assert seconds_for(document) < SECONDS


@pytest.mark.parametrize("name", HOSTILE)
def test_units_of_hostile_notes_are_few_and_exact(name: str) -> None:
    notes = HOSTILE[name]

    units = units_of(notes)

    assert len(units) <= MOST_UNITS
    assert all(0 <= unit.start < unit.end <= MOST_READ for unit in units)
    assert all(len(unit.clean) == unit.end - unit.start for unit in units)


def test_notes_that_are_not_read_to_their_end_are_doubted() -> None:
    notes = f"{all_of('strong')['model']}\n\n{repeated('- a line of little worth')}"

    reply: Any = score(make_document({"model": notes})).reply()

    criteria = reply["steps"]["model"]["criteria"]
    assert all("TOO_LONG" in one["doubts"] for one in criteria if one["state"] != "NA")
    quotes = [quote for one in criteria for quote in one["evidence"]]
    assert quotes
    assert all(quote["quote"] == notes[quote["start"] : quote["end"]] for quote in quotes)


def test_board_with_a_book_on_every_card_is_scored_in_time() -> None:
    board = make_board(
        {f"p{n}": "app-server" for n in range(40)},
        ";".join(f"p{n}>p{n + 1} request" for n in range(39)),
    )
    for component in board["components"]:
        component["notes"] = repeated("2M titles, because ")[:2_000]

    assert seconds_for(make_document(all_of("strong"), board)) < SECONDS
