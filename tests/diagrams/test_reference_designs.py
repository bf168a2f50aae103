"""The boards of the bank as diagrams: every card apart from the others, no text cut."""

import re
from itertools import combinations
from typing import Any

import pytest

from apps.content import registry
from apps.content.types import Problem
from apps.content.worked import answer_document, reference_document
from apps.designs.document.validation import parse
from apps.diagrams.domain.drawing import draw, draw_layout, graph_of

WITH_REFERENCE = [problem for problem in registry.problems() if problem.reference]


@pytest.mark.parametrize("problem", WITH_REFERENCE, ids=lambda problem: problem.id)
def test_no_text_of_a_reference_design_is_cut(problem: Problem) -> None:
    svg = draw(graph_of(parse(reference_document(problem))), "svg", "light", "dot").body.decode()

    assert re.findall(r">([^<]*…)<", svg) == []


@pytest.mark.parametrize("problem", WITH_REFERENCE, ids=lambda problem: problem.id)
def test_nothing_lies_on_a_card_of_a_reference_design(problem: Problem) -> None:
    document = parse(reference_document(problem))
    layout, _ = draw_layout(graph_of(document))

    cards = layout["components"]
    labelled = [line["id"] for line in document["board"]["connections"] if line["label"]]
    labels = {key: layout["connections"][key]["label"] for key in labelled}

    assert [
        pair for pair in combinations(cards, 2) if _overlap(cards[pair[0]], cards[pair[1]])
    ] == []
    assert [
        (key, card) for key, at in labels.items() for card in cards if _in(at, cards[card])
    ] == []


@pytest.mark.parametrize("problem", WITH_REFERENCE, ids=lambda problem: problem.id)
def test_the_boards_of_answers_can_be_drawn(problem: Problem) -> None:
    for answer in problem.answers:
        document = parse(answer_document(problem, answer.id))

        assert draw(graph_of(document), "svg", "dark", "dot").body.startswith(b"<svg")


def _overlap(one: Any, other: Any) -> bool:
    return bool(
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )


def _in(point: list[float], box: Any) -> bool:
    x, y = point
    return bool(box["x"] < x < box["x"] + box["width"] and box["y"] < y < box["y"] + box["height"])
