"""Only what is on the lists is copied."""

import xml.etree.ElementTree as ET

import pytest

from apps.diagrams.pipeline.graph import Edge, LayoutGraph
from apps.diagrams.pipeline.svg import HREF, SVG, clean_svg, svg_size

EMPTY = LayoutGraph("Empty")
ICON = "light-ranker-violet.png"


def cleaned(inside: str, root: str = 'width="10pt" height="20pt"') -> ET.Element:
    raw = (
        f'<!DOCTYPE svg><svg {root} xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' xmlns:x="urn:x"><g>{inside}</g></svg>'
    )
    icons = {ICON: b"png"}
    return ET.fromstring(clean_svg(raw.encode(), EMPTY, icons.get))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<style>* { fill: red }</style>",
        "<foreignObject><p/></foreignObject>",
        '<use xlink:href="#x"/>',
        "<animate/>",
        '<image xlink:href="/etc/hostname"/>',
        '<image xlink:href="http://x/y.png"/>',
        "<x:path/>",
        '<?xml-stylesheet href="x"?>',
        "<!-- words -->",
        "<title>n1</title>",
    ],
)
def test_unlisted_parts_are_not_copied(inside: str) -> None:
    assert [element.tag for element in cleaned(inside)] == [f"{{{SVG}}}title", f"{{{SVG}}}desc"]


@pytest.mark.parametrize(
    "attribute",
    [
        'onclick="alert(1)"',
        'style="fill: red"',
        'id="x"',
        'class="x"',
        'fill="url(http://x)"',
        'stroke="javascript:alert(1)"',
        'transform="x:y"',
        'x:fill="red"',
        'xlink:href="#x"',
    ],
)
def test_unlisted_attributes_are_not_copied(attribute: str) -> None:
    path = cleaned(f'<path d="M0,0" {attribute}/>').find(f".//{{{SVG}}}path")

    assert path is not None
    assert path.attrib == {"d": "M0,0"}


@pytest.mark.parametrize(
    ("address", "passes"),
    [
        ("https://example.org/a?b=c", True),
        ("#part", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java&#9;script:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("http://x y", False),
    ],
)
def test_links_go_to_pages_only(address: str, passes: bool) -> None:
    link = cleaned(f'<a xlink:href="{address}"><text>x</text></a>').find(f".//{{{SVG}}}a")

    assert link is not None
    assert (HREF in link.attrib) is passes


def test_icon_is_in_the_file() -> None:
    image = cleaned(f'<image xlink:href="{ICON}" width="30px"/>').find(f".//{{{SVG}}}image")

    assert image is not None
    assert image.attrib == {"width": "30px", HREF: "data:image/png;base64,cG5n"}


def test_picture_says_what_it_is() -> None:
    root = cleaned("<text>x</text>")

    assert root.attrib == {"width": "10", "height": "20", "class": "diagram", "role": "img"}
    assert root.findtext(f"{{{SVG}}}title") == "Empty"
    assert root.findtext(f"{{{SVG}}}desc") == "0 components, 0 connections, 0 groups"
    assert svg_size(ET.tostring(root)) == (10, 20)


@pytest.mark.parametrize(
    ("chip_y", "moved"), [(-15, None), (-195, "translate(0.0 200.0)")], ids=["near", "far"]
)
def test_label_that_lost_its_line_is_brought_back(chip_y: int, moved: str | None) -> None:
    edge = Edge("e1", "c", "n1", "n2", "data", "words", None, "g1")
    chip = (
        f'<path fill="#ffffff" d="M90,{chip_y}C90,{chip_y} 110,{chip_y - 10} 110,{chip_y - 10}"/>'
    )
    line = '<path fill="none" d="M0,0C0,0 200,0 200,0"/>'
    raw = f'<svg xmlns="{SVG}"><g><g id="e1">{line}{chip}</g></g></svg>'

    root = ET.fromstring(clean_svg(raw.encode(), LayoutGraph("x", edges=[edge]), lambda name: None))

    label = root.find(f".//{{{SVG}}}g[@class='chip']")
    assert label is not None
    assert label.get("transform") == moved
