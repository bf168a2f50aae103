"""What of Graphviz's SVG may reach a browser? Only what is on these lists, copied into a new tree.

On the way the picture gets what Graphviz cannot give: our items' ids (`data-id`), tooltips with
the whole text, exact dashes, round corners of orthogonal lines, icons inside the file, and a list
of fonts. Nothing is deleted from the original: what is not known is never copied.
"""

import base64
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from apps.diagrams.pipeline.corners import path_middle, path_points, rounded_path
from apps.diagrams.pipeline.escape import visible
from apps.diagrams.pipeline.graph import LayoutGraph
from apps.diagrams.pipeline.themes import FONT_FALLBACKS, STROKES

# The bytes of an icon by the base name of its file.
IconBytes: TypeAlias = Callable[[str], bytes | None]

SVG: Final = "http://www.w3.org/2000/svg"
HREF: Final = "{http://www.w3.org/1999/xlink}href"

# No style element and no handler can pass, for none is named here. Graphviz's `title` elements
# hold generated names; ours take their place.
# fmt: off
_COPIED: Final = frozenset({
    "svg", "g", "path", "polygon", "polyline", "ellipse", "text", "tspan", "a", "image", "defs",
})
ELEMENTS: Final = _COPIED | {"title", "desc"}
_ATTRIBUTES: Final = frozenset({
    "cx", "cy", "d", "dy", "fill", "fill-opacity", "font-size", "font-style", "font-weight",
    "height", "points", "preserveAspectRatio", "rx", "ry", "stroke", "stroke-dasharray",
    "stroke-opacity", "stroke-width", "text-anchor", "text-decoration", "viewBox", "width",
    "x", "y",
})
_WRITTEN: Final = frozenset({
    "class", "data-id", "role", "transform", "font-family", "stroke-linecap", HREF,
})
# fmt: on
ATTRIBUTES: Final = _ATTRIBUTES | _WRITTEN
_HARMLESS: Final = re.compile(r"[\w\s.,#%+-]*")
_TRANSFORM: Final = re.compile(r"[\w\s.,()+-]*")
_LINK: Final = re.compile(r"(https?://|#)[^\s]*", re.IGNORECASE)
_NEAR: Final = 24.0  # pixels; a label that is farther from its line than this has lost it
_PNG: Final = "data:image/png;base64,"

ET.register_namespace("", SVG)
ET.register_namespace("xlink", HREF[1 : HREF.index("}")])


@dataclass(frozen=True)
class _Item:
    """What the reader of a picture may know about one of its groups."""

    css_class: str
    source_id: str
    tooltip: str
    kind: str | None = None


def clean_svg(raw: bytes, graph: LayoutGraph, icon: IconBytes) -> bytes:
    """The picture, safe to show inline and complete in itself. Icons without bytes are left out."""
    items = dict(_items(graph))
    # Graphviz wrote this; users' words in it are escaped twice over.
    root = _copied(ET.fromstring(raw), items, icon)  # noqa: S314
    if root is None:
        raise ValueError("not an SVG element at the root")
    drawing = root.find(f"{{{SVG}}}g")
    if drawing is not None:
        _bleed(drawing)
        drawing[:] = _in_layers(list(drawing))
    _describe_picture(root, graph)
    return ET.tostring(root, encoding="unicode").encode()


def _items(graph: LayoutGraph) -> Iterator[tuple[str, _Item]]:
    for cluster in graph.clusters:
        yield cluster.id, _Item("cluster", cluster.source_id, cluster.title)
    for node in graph.nodes:
        tooltip = f"{node.title}\n{node.subtitle}".rstrip()
        yield node.id, _Item("node", node.source_id, tooltip)
    for edge in graph.edges:
        yield edge.id, _Item(f"edge {edge.kind}", edge.source_id, edge.label, edge.kind)


def _copied(element: ET.Element, items: Mapping[str, _Item], icon: IconBytes) -> ET.Element | None:
    """The element and what is in it, as far as the lists allow."""
    name = _local_name(element)
    if name not in _COPIED:
        return None
    copy = ET.Element(f"{{{SVG}}}{name}", dict(_attributes(element)))
    if name in ("text", "tspan"):
        copy.text, copy.tail = element.text, None
        copy.set("font-family", FONT_FALLBACKS)
    if name == "image" and not _embed(copy, element, icon):
        return None
    for child in element:
        inner = _copied(child, items, icon)
        if inner is not None:
            copy.append(inner)
    if name == "g":
        return _described(copy, items.get(element.get("id", "")))
    return copy


def _local_name(element: ET.Element) -> str:
    name = element.tag.removeprefix(f"{{{SVG}}}")
    return name if "{" not in name else ""


def _attributes(element: ET.Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if _may_pass(_local_name(element), name, value):
            yield name, value


def _may_pass(element: str, name: str, value: str) -> bool:
    if name == HREF:  # an image gets its bytes from us
        return element == "a" and _LINK.fullmatch(value) is not None
    if name == "transform":
        return _TRANSFORM.fullmatch(value) is not None
    return name in _ATTRIBUTES and _HARMLESS.fullmatch(value) is not None


def _embed(copy: ET.Element, element: ET.Element, icon: IconBytes) -> bool:
    """Puts the icon's own bytes in place of its file name; says whether there were any."""
    body = icon(element.get(HREF, ""))
    if body is not None:
        copy.set(HREF, _PNG + base64.b64encode(body).decode())
    return body is not None


def _described(group: ET.Element, item: _Item | None) -> ET.Element | None:
    """The group with its class, id and tooltip; None for one that shows nothing."""
    if len(group) == 0:
        return None
    if item is None:
        return group
    group.set("class", item.css_class)
    group.set("data-id", visible(item.source_id))
    if item.tooltip:
        _add_first(group, "title", item.tooltip)
    if item.kind is not None:
        _draw_line(group, item.kind)
    return group


def _draw_line(group: ET.Element, kind: str) -> None:
    """Exact dashes and round corners for the line of a connection, the first path of its group."""
    line = group.find(f"{{{SVG}}}path")
    if line is None:
        return
    stroke = STROKES[kind]
    if stroke.dashes:
        line.set("stroke-dasharray", stroke.dashes)
        line.set("stroke-linecap", stroke.cap)
    round_corners = rounded_path(line.get("d", ""))
    if round_corners:
        line.set("d", round_corners)


def _bleed(drawing: ET.Element) -> None:
    """Lets the background reach past the picture's edges, where it would end within a pixel."""
    background = drawing.find(f"{{{SVG}}}polygon")
    if background is not None:
        background.set("stroke", background.get("fill", "none"))
        background.set("stroke-width", "4")


def _in_layers(children: list[ET.Element]) -> Iterator[ET.Element]:
    """Groups, lines, cards, labels: no line runs over a card or through a label."""
    chips = [chip for child in children if (chip := _taken_chip(child)) is not None]
    layers: dict[str, list[ET.Element]] = {"": [], "cluster": [], "edge": [], "node": []}
    for child in children:
        layers[child.get("class", "").split(" ")[0]].append(child)
    for layer in layers.values():
        yield from layer
    yield from chips


def _taken_chip(edge: ET.Element) -> ET.Element | None:
    """The label of a connection, taken out of its group: what follows the line and its heads."""
    parts = list(edge)
    filled = (n for n, part in enumerate(parts) if _is_filled_path(part))
    start = next(filled, None) if edge.get("class", "").startswith("edge") else None
    if start is None:
        return None
    chip = ET.Element(edge.tag, {"class": "chip", "data-id": edge.get("data-id", "")})
    chip.extend(parts[start:])
    edge[:] = parts[:start]
    _keep_by_line(chip, edge)
    return chip


def _keep_by_line(chip: ET.Element, edge: ET.Element) -> None:
    """Moves the label of a line that was cut at a group: Graphviz put it where the line was."""
    line = edge.find(f"{{{SVG}}}path")
    if line is None or (middle := path_middle(line.get("d", ""))) is None:
        return
    xs, ys = zip(*path_points(line.get("d", "")), strict=True)
    x, y = _center(chip[0])
    if max(min(xs) - x, x - max(xs), min(ys) - y, y - max(ys)) < _NEAR:
        return
    chip.set("transform", f"translate({middle[0] - x:.1f} {middle[1] - y:.1f})")


def _center(shape: ET.Element) -> tuple[float, float]:
    xs, ys = zip(*path_points(shape.get("d", "")), strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _is_filled_path(part: ET.Element) -> bool:
    return part.tag == f"{{{SVG}}}path" and part.get("fill") != "none"


def _describe_picture(root: ET.Element, graph: LayoutGraph) -> None:
    """Pixels instead of points, so that text has the size it has on the board."""
    for side in ("width", "height"):
        root.set(side, root.get(side, "").removesuffix("pt"))
    root.set("class", "diagram")
    root.set("role", "img")
    _add_first(root, "desc", _summary(graph))
    _add_first(root, "title", graph.title or "Diagram")


def _summary(graph: LayoutGraph) -> str:
    counts = {
        "components": len(graph.nodes),
        "connections": len(graph.edges),
        "groups": len(graph.clusters),
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _add_first(parent: ET.Element, name: str, text: str) -> None:
    child = ET.Element(f"{{{SVG}}}{name}")
    child.text = text
    parent.insert(0, child)


def svg_size(svg: bytes) -> tuple[float, float]:
    """Width and height in pixels, as the picture's first tag says."""
    root = ET.fromstring(svg)  # noqa: S314  a picture of ours
    return float(root.get("width", "0")), float(root.get("height", "0"))
