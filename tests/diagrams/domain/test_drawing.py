"""Whole designs through Graphviz, in every format."""

import json
import time
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest

from apps.designs.document import validation
from apps.designs.document.types import BoardBody, DesignDocument
from apps.diagrams import renderer
from apps.diagrams.domain import drawing
from apps.diagrams.domain.drawing import draw, draw_layout, draw_thumbnail, graph_of
from apps.diagrams.errors import LayoutTooHard
from apps.diagrams.pipeline.fallback import SIMPLIFIED_NOTE
from apps.diagrams.pipeline.themes import FONT, ThemeName
from apps.diagrams.renderer import ENGINES
from tests.diagrams.factories import board, component, connection, document, group

EXAMPLE = Path(__file__).parents[1] / "examples/video-recommendation.json"
PATIENCE_S = 15


@pytest.fixture
def design() -> DesignDocument:
    return validation.parse_text(EXAMPLE.read_text())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("fmt", "start"),
    [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("dot", b"digraph"), ("json", b"{")],
)
def test_formats(
    design: DesignDocument, fmt: drawing.Format, start: bytes, theme: ThemeName
) -> None:
    rendered = draw(graph_of(design), fmt, theme)

    assert rendered.body.startswith(start)
    assert rendered.media_type == drawing.MEDIA_TYPES[fmt]
    assert rendered.note is None


@pytest.mark.parametrize("fmt", ["png", "pdf"])
def test_graphviz_draws_alone_without_a_converter(
    design: DesignDocument, fmt: drawing.Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fmt == "pdf" and renderer.font() != FONT:
        pytest.skip("the port of Graphviz makes no PDF")
    monkeypatch.setattr(drawing, "convert_svg", lambda *args: None)

    assert len(draw(graph_of(design), fmt).body) > 10_000


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_engines(design: DesignDocument, engine: str) -> None:
    graph = graph_of(design)

    assert draw(graph, "svg", engine=engine).body.count(b'class="node"') == len(graph.nodes)
    assert len(draw_layout(graph, engine)[0]["components"]) == len(graph.nodes)


def test_every_item_can_be_found_in_the_picture(design: DesignDocument) -> None:
    root = ET.fromstring(draw(graph_of(design), "svg").body)

    found = {
        (item.get("class", "").split(" ")[0], item.get("data-id"))
        for item in root.iter("{http://www.w3.org/2000/svg}g")
        if "data-id" in item.attrib
    }
    items = design["board"]
    assert found == (
        {("node", item["id"]) for item in items["components"]}
        | {("edge", item["id"]) for item in items["connections"]}
        | {("chip", item["id"]) for item in items["connections"] if item["label"]}
        | {("cluster", item["id"]) for item in items["groups"]}
    )


def test_type_without_an_icon_is_drawn_all_the_same(
    design: DesignDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "icon_bytes", lambda name: None)

    assert b"<image" not in draw(graph_of(design), "svg").body


def test_layout_has_places_for_everything(design: DesignDocument) -> None:
    layout = json.loads(draw(graph_of(design), "json").body)

    assert {name: sorted(item["id"] for item in design["board"][name]) for name in layout} == {  # type: ignore[literal-required]
        name: sorted(places) for name, places in layout.items()
    }
    assert layout["components"]["app"].keys() == {"x", "y", "width", "height"}
    assert all(len(line["points"]) >= 2 for line in layout["connections"].values())


def test_cards_of_a_layout_do_not_overlap(design: DesignDocument) -> None:
    places = draw_layout(graph_of(design))[0]["components"].values()

    for a, b in combinations(places, 2):
        assert (
            a["x"] + a["width"] <= b["x"]
            or b["x"] + b["width"] <= a["x"]
            or a["y"] + a["height"] <= b["y"]
            or b["y"] + b["height"] <= a["y"]
        )


def test_thumbnail_has_no_words(design: DesignDocument) -> None:
    root = ET.fromstring(draw_thumbnail(graph_of(design), "dark"))

    assert "".join(root.itertext()) == ""
    assert len(root) > 60


@pytest.mark.parametrize(
    "body",
    [
        board(),
        board(groups=[group("g", "Empty"), group("h", parent="g")]),
        board(
            groups=[group("g"), group("h")], connections=[connection("c", "g", "h", "event", "x")]
        ),
        board([component("a")], [connection("c", "a", "a", label="again")]),
        board(
            [component("a", group="g")],
            [connection("c", "a", "g"), connection("d", "g", "a")],
            [group("g")],
        ),
    ],
    ids=["empty", "empty groups", "group to group", "to itself", "to its own group"],
)
def test_odd_boards_are_drawn(body: BoardBody) -> None:
    graph = graph_of(document(body))

    assert draw(graph, "svg").body.count(b'class="edge') == len(graph.edges)
    assert len(draw_layout(graph)[0]["groups"]) == len(graph.clusters)
    assert draw_thumbnail(graph, "light").startswith(b"<svg")


def test_slow_layout_is_simplified(design: DesignDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    run = renderer.run_graphviz

    def slow_unless_simple(source: str, fmt: str, engine: str, flags: tuple[str, ...]) -> bytes:
        if not flags:
            raise LayoutTooHard("too slow")
        return run(source, fmt, engine, flags)

    monkeypatch.setattr(drawing, "run_graphviz", slow_unless_simple)

    assert draw(graph_of(design), "svg").note == SIMPLIFIED_NOTE


@pytest.mark.parametrize(
    ("nodes", "pairs"),
    [(80, [*combinations(range(80), 2)]), (5_000, [(n, n * 7 % 5_000) for n in range(5_000)])],
    ids=["complete graph of 80", "5,000 components"],
)
def test_monsters_end_in_a_picture_or_a_sentence(nodes: int, pairs: list[tuple[int, int]]) -> None:
    body = board(
        [component(f"c{n}", f"Component {n}") for n in range(nodes)],
        [connection(f"e{n}", f"c{a}", f"c{b}") for n, (a, b) in enumerate(pairs)],
    )
    start = time.monotonic()

    try:
        answer = draw(graph_of(document(body)), "svg").note or ""
    except LayoutTooHard as failure:
        answer = str(failure)

    assert "simplified" in answer or f"A board of {nodes} components" in answer
    assert time.monotonic() - start < PATIENCE_S
