"""How is a LayoutGraph written as DOT? Cards, group boxes, chips and strokes of one theme.

Only this module and `layout` write DOT. Words enter through `html_text`; everything else is
generated or comes from the theme.
"""

import textwrap
from collections.abc import Callable, Iterator

from apps.diagrams.pipeline.escape import html_text
from apps.diagrams.pipeline.fallback import Attempt
from apps.diagrams.pipeline.graph import Cluster, Edge, LayoutGraph, Node
from apps.diagrams.pipeline.themes import FONT, STROKES, Theme, icon_file

# Characters a line, and lines, at most. The whole text is in the picture's tooltips (`svg`).
TITLE = (30, 3)
SUBTITLE = (40, 2)
CHIP = (26, 3)
GROUP = (48, 2)
HEADING = (80, 2)

_RANKSEP = {"LR": 0.6, "TB": 0.4}  # inches between ranks: labels lie along lines that run down
_TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'
_LEGEND = {
    "request": "solid: request",
    "data": "dashed: data",
    "training": "dash-dot: training",
    "event": "dotted: event",
}


def dot_source(graph: LayoutGraph, theme: Theme, way: Attempt, font: str = FONT) -> str:
    """The whole graph as DOT.

    font: what Graphviz measures with. The reader's fonts are set later (`svg`).
    """
    return "\n".join(
        [
            "digraph {",
            *_defaults(graph, theme, way, font),
            *tree(graph, lambda group: _cluster(group, theme), lambda node: _node(node, theme)),
            *(_edge(edge, theme) for edge in graph.edges),
            "}",
            "",
        ]
    )


def tree(
    graph: LayoutGraph,
    open_cluster: Callable[[Cluster], str],
    node_line: Callable[[Node], str],
) -> Iterator[str]:
    """Nodes in their clusters, clusters in theirs."""
    inner: dict[str | None, list[Cluster]] = {}
    for cluster in graph.clusters:
        inner.setdefault(cluster.parent, []).append(cluster)
    members: dict[str | None, list[Node]] = {}
    for node in graph.nodes:
        members.setdefault(node.group, []).append(node)

    def inside(group: str | None) -> Iterator[str]:
        for cluster in inner.get(group, []):
            yield f"subgraph cluster_{cluster.id} {{ {open_cluster(cluster)}"
            if cluster.empty:
                yield placeholder(cluster)
            yield from inside(cluster.id)
            yield "}"
        yield from (node_line(node) for node in members.get(group, []))

    return inside(None)


def placeholder(cluster: Cluster) -> str:
    """An unseen node that keeps an empty group open, and takes its connections."""
    return f'{cluster.entry} [style=invis, shape=box, width=1.6, height=0.4, label=""]'


def wrapped(text: str, measure: tuple[int, int]) -> list[str]:
    """The text in lines of at most so many characters; what does not fit ends in an ellipsis."""
    width, most = measure
    return textwrap.wrap(text, width, max_lines=most, placeholder="…", break_on_hyphens=False)


def _defaults(graph: LayoutGraph, theme: Theme, way: Attempt, font: str) -> list[str]:
    return [
        f"graph [rankdir={way.direction}, splines={way.splines}, compound=true, newrank=true,"
        f" overlap=false, nodesep=0.36, ranksep={_RANKSEP[way.direction]}, pad=0.4,"
        f' bgcolor="{theme.background}", fontname="{font}",'
        f" labelloc=t, labeljust=l, label=<{_heading(graph, theme)}>]",
        f'node [shape=plain, fontname="{font}", fontsize=12]',
        f'edge [fontname="{font}", fontsize=9, fontcolor="{theme.edge_label}", arrowsize=0.65]',
    ]


def _heading(graph: LayoutGraph, theme: Theme) -> str:
    """The title block: the design's title over a legend of the strokes that occur."""
    rows = _row(graph.title, HEADING, theme.text, 22, bold=True)
    rows += _row(legend(graph), HEADING, theme.subtext, 12)
    return _TABLE.replace('PADDING="0"', 'PADDING="2"') + rows + _gap(12) + "</TABLE>"


def legend(graph: LayoutGraph) -> str:
    text = " · ".join(_LEGEND[kind] for kind in graph.kinds())
    return text[:1].upper() + text[1:]


def _row(
    text: str, measure: tuple[int, int], color: str, size: float, *, bold: bool = False
) -> str:
    """A table row with the text, or nothing without text: Graphviz refuses an empty FONT."""
    lines = [html_text(line) for line in wrapped(text, measure)]
    if not lines:
        return ""
    body = '<BR ALIGN="LEFT"/>'.join(lines)
    body = f"<B>{body}</B>" if bold else body
    return (
        f'<TR><TD ALIGN="LEFT" BALIGN="LEFT">'
        f'<FONT POINT-SIZE="{size}" COLOR="{color}">{body}</FONT></TD></TR>'
    )


def _gap(height: int) -> str:
    return f'<TR><TD HEIGHT="{height}"></TD></TR>'


def _cluster(cluster: Cluster, theme: Theme) -> str:
    hue = theme.hues[cluster.hue]
    title = _row(cluster.title.upper(), GROUP, hue.ink, 10, bold=True)
    # Spacer row and column keep the label off the rounded corner.
    words = f"<TD>{_TABLE}{title or _gap(4)}</TABLE></TD>"
    label = f'{_TABLE}{_gap(6)}<TR><TD WIDTH="6"></TD>{words}</TR></TABLE>'
    return (
        f'graph [id={cluster.id}, style="rounded,filled", fillcolor="{hue.fill}",'
        f' color="{hue.line}", penwidth=1.2, margin=14, label=<{label}>];'
    )


def _node(node: Node, theme: Theme) -> str:
    return f"{node.id} [id={node.id}, label=<{_card(node, theme)}>]"


def _card(node: Node, theme: Theme) -> str:
    """Icon, title, subtitle. The empty cells are padding: without them text touches the border."""
    words = _row(node.title, TITLE, theme.text, 12, bold=True)
    words += _row(node.subtitle, SUBTITLE, theme.subtext, 9.5)
    return (
        f'<TABLE BORDER="1" COLOR="{theme.hues[node.hue].line}" BGCOLOR="{theme.card}"'
        f' STYLE="ROUNDED" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'
        f'<TR><TD ROWSPAN="3" WIDTH="10"></TD><TD COLSPAN="3" HEIGHT="7"></TD>'
        f'<TD ROWSPAN="3" WIDTH="14"></TD></TR>'
        f'<TR>{_tile(node, theme)}<TD WIDTH="9"></TD>'
        f'<TD ALIGN="LEFT">{_TABLE}{words}</TABLE></TD></TR>'
        f'<TR><TD COLSPAN="3" HEIGHT="7"></TD></TR></TABLE>'
    )


def _tile(node: Node, theme: Theme) -> str:
    if node.icon is None:
        return '<TD WIDTH="4" HEIGHT="30"></TD>'
    source = icon_file(theme.name, node.icon, node.hue)
    return f'<TD FIXEDSIZE="TRUE" WIDTH="30" HEIGHT="30"><IMG SRC="{source}" SCALE="TRUE"/></TD>'


def _edge(edge: Edge, theme: Theme) -> str:
    stroke = STROKES[edge.kind]
    color = theme.request_edge if edge.kind == "request" else theme.edge
    attributes = [
        f"id={edge.id}",
        f"style={stroke.style}",
        f"arrowhead={stroke.head}",
        f'color="{color}"',
        f"penwidth={stroke.width}",
        f"weight={stroke.weight}",
        *_compound_ends(edge),
    ]
    if edge.label:
        attributes.append(f"label=<{_chip(edge.label, theme)}>")
    return f"{edge.tail} -> {edge.head} [{', '.join(attributes)}]"


def _compound_ends(edge: Edge) -> Iterator[str]:
    """The group borders at which the line is cut, where it ends at a group."""
    if edge.tail_cluster:
        yield f"ltail=cluster_{edge.tail_cluster}"
    if edge.head_cluster:
        yield f"lhead=cluster_{edge.head_cluster}"


def _chip(label: str, theme: Theme) -> str:
    text = "<BR/>".join(html_text(line) for line in wrapped(label, CHIP))
    return (
        f'<TABLE BORDER="1" COLOR="{theme.chip_line}" BGCOLOR="{theme.card}" STYLE="ROUNDED"'
        f' CELLBORDER="0" CELLSPACING="0" CELLPADDING="3"><TR><TD>{text}</TD></TR></TABLE>'
    )
