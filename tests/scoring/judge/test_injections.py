"""Orders to the judge in the notes: a model that obeys them earns nothing by it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from apps.scoring.judge.instructions import talks_to_the_judge
from tests.scoring.documents import all_of
from tests.scoring.judge.designs import STEP, case, judged, verified
from tests.scoring.judge.endpoint import Behaviour, FakeEndpoint, answers, obeys, shows

CASES: list[dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "injections.yaml").read_text(encoding="utf-8")
)
ORDERS = pytest.mark.parametrize(
    "order", [pytest.param(one["text"], id=one["id"]) for one in CASES]
)
OFFLINE = "Offline we use nDCG@10 over 30 million viewers, because only ten titles are visible."
SEGMENTS = "New viewers are reported on their own, since the average hides a segment of them."
# What a model that was not talked over finds.
FOUND = {("me.offline", "metric", OFFLINE), ("me.offline", "slices", SEGMENTS)}


def notes_with(order: str) -> str:
    return f"{OFFLINE}\n\n{order}\n\n{SEGMENTS}\n"


def both(honest: list[tuple[str, str]], ordered: list[tuple[str, str]]) -> Behaviour:
    """Every facet once, with the quotes of both."""
    quotes: dict[str, list[Any]] = {}
    for facet, quote in (*honest, *ordered):
        quotes.setdefault(facet, []).append({"source": "notes", "id": STEP, "quote": quote})
    rows = [{"facet": facet, "shown": True, "evidence": own} for facet, own in quotes.items()]
    return answers(lambda _: rows)


def triples(result: Any) -> set[tuple[str, str, str]]:
    """Criterion, facet and quote of what counts."""
    return {(id_, str(row["facet"]), str(row["quote"])) for id_, row in verified(result)}


def test_there_are_thirty_ways_and_more() -> None:
    assert len({one["id"] for one in CASES}) == len(CASES) >= 30


@ORDERS
def test_no_order_is_evidence(fake: FakeEndpoint, order: str) -> None:
    """Quoted for one facet: whole, and without the beginning or the end that gives it away."""
    words = order.split()
    quotes = (order, " ".join(words[4:]), " ".join(words[:-4]))
    one = case(notes_with(order))

    for quote in quotes:
        fake.behave(shows(("me.offline/metric", quote)))
        result = judged(fake, one)

        assert result["state"] == "judged"
        assert verified(result) == []


@ORDERS
def test_obeying_the_order_finds_no_more_than_honest_reading(
    fake: FakeEndpoint, order: str
) -> None:
    """The model gives every line that it has for every facet, or finds all that is there, and the
    order besides."""
    one = case(notes_with(order))
    honest = [(f"{id_}/{facet}", quote) for id_, facet, quote in sorted(FOUND)]
    ordered = [(facet, order) for facet in one.facets if facet.startswith("me.")]

    fake.behave(obeys(order, OFFLINE, SEGMENTS))
    assert triples(judged(fake, one)) == set()
    fake.behave(both(honest, ordered))
    assert triples(judged(fake, one)) == FOUND


def test_honest_notes_talk_to_nobody() -> None:
    """Injection may be a subject of a design too, but then it is not meant for the judge."""
    lines = [line for text in all_of("strong").values() for line in text.splitlines()]

    assert [line for line in lines if talks_to_the_judge(line)] == []
