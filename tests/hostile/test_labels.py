"""1,500 hostile texts as names, notes, labels, group names: each is shown, none does anything."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from apps.designs.document.types import DesignDocument
from apps.diagrams.domain.drawing import graph_of, icon_bytes
from apps.diagrams.pipeline.dot import CHIP, GROUP, SUBTITLE, TITLE, dot_source, wrapped
from apps.diagrams.pipeline.escape import one_line
from apps.diagrams.pipeline.fallback import SIMPLIFIED
from apps.diagrams.pipeline.graph import LayoutGraph
from apps.diagrams.pipeline.svg import ATTRIBUTES, ELEMENTS, HREF, SVG, clean_svg
from apps.diagrams.pipeline.themes import THEMES
from apps.diagrams.renderer import run_graphviz
from tests.diagrams.factories import board, component, connection, document, group
from tests.hostile.strings import hostile_strings

SEED = 20261123
COUNT = 1_500
A_BOARD = 100  # many on one board, since starting Graphviz is what takes time

STRINGS = hostile_strings(COUNT, SEED)


def hostile_design(strings: list[str]) -> DesignDocument:
    """Each text once in every place that takes one."""
    numbered = list(enumerate(strings))
    notes = [*strings[1:], strings[0]]
    return document(
        board(
            components=[
                component(f"c{n}", name=text, notes=notes[n], group=f"g{n}") for n, text in numbered
            ],
            connections=[
                connection(f"e{n}", f"c{n}", f"c{n - n % 2}", label=text) for n, text in numbered
            ],
            groups=[group(f"g{n}", name=text) for n, text in numbered],
        ),
        title=strings[0],
    )


@pytest.mark.parametrize("start", range(0, COUNT, A_BOARD))
def test_hostile_texts_are_shown_and_do_nothing(start: int) -> None:
    graph = graph_of(hostile_design(STRINGS[start : start + A_BOARD]))

    raw = run_graphviz(dot_source(graph, THEMES["light"], SIMPLIFIED), "svg")
    root = ET.fromstring(clean_svg(raw, graph, icon_bytes))

    assert raw.count(b'class="node"') == raw.count(b'class="cluster"') == A_BOARD
    assert raw.count(b'class="edge"') == A_BOARD
    assert_harmless(root)
    assert shown(root, "node") == {
        node.source_id: wrapped(node.title, TITLE) + wrapped(node.subtitle, SUBTITLE)
        for node in graph.nodes
    }
    assert shown(root, "chip") == {
        edge.source_id: wrapped(edge.label, CHIP) for edge in graph.edges if edge.label
    }
    assert shown(root, "cluster") == {
        cluster.source_id: wrapped(cluster.title.upper(), GROUP) for cluster in graph.clusters
    }
    assert tooltips(root) == expected_tooltips(graph)


def test_short_texts_are_shown_as_they_were_typed() -> None:
    strings = [text for text in STRINGS if 0 < len(one_line(text)) <= 26][:A_BOARD]
    design = document(
        board(components=[component(f"c{n}", text) for n, text in enumerate(strings)])
    )
    graph = graph_of(design)

    root = ET.fromstring(
        clean_svg(
            run_graphviz(dot_source(graph, THEMES["dark"], SIMPLIFIED), "svg"), graph, icon_bytes
        )
    )

    titles = {name: texts[0] for name, texts in shown(root, "node").items()}
    assert titles == {f"c{n}": one_line(text) for n, text in enumerate(strings)}


def assert_harmless(root: ET.Element) -> None:
    for element in root.iter():
        assert element.tag.removeprefix(f"{{{SVG}}}") in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
        assert element.get(HREF, "data:image/png;base64,").startswith("data:image/png;base64,")


def shown(root: ET.Element, css_class: str) -> dict[str, list[str]]:
    """The lines of text in each item of a class, by the item's id."""
    return {
        item.get("data-id", ""): [
            # Graphviz writes the second of two spaces as a hard one.
            (text.text or "").replace("\u00a0", " ")
            for text in item.iter(f"{{{SVG}}}text")
        ]
        for item in items(root, css_class)
    }


def tooltips(root: ET.Element) -> dict[str, str]:
    return {
        item.get("data-id", ""): item.findtext(f"{{{SVG}}}title", "")
        for css_class in ("cluster", "node", "edge")
        for item in items(root, css_class)
    }


def items(root: ET.Element, css_class: str) -> Iterator[ET.Element]:
    for element in root.iter(f"{{{SVG}}}g"):
        if element.get("class", "").split(" ")[0] == css_class:
            yield element


def expected_tooltips(graph: LayoutGraph) -> dict[str, str]:
    groups = {cluster.source_id: cluster.title for cluster in graph.clusters}
    cards = {node.source_id: f"{node.title}\n{node.subtitle}".rstrip() for node in graph.nodes}
    lines = {edge.source_id: edge.label for edge in graph.edges}
    return groups | cards | lines
