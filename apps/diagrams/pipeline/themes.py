"""Which colours, strokes and fonts does a diagram use? The values of the interface's tokens.css.

Graphviz takes no CSS variables, so the two themes are written out here; tests compare them with
the tokens. Colours are always six digits: Graphviz 2.43 draws short hex in black.
"""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

ThemeName: TypeAlias = Literal["light", "dark"]
HueName: TypeAlias = Literal["blue", "slate", "green", "amber", "violet", "rose"]

# One name for Graphviz, which measures with it; a list for whoever looks at the SVG.
FONT: Final = "Inter"
FONT_FALLBACKS: Final = "Inter, InterVariable, system-ui, 'Segoe UI', Roboto, Arial, sans-serif"

HUES: Final[tuple[HueName, ...]] = ("blue", "slate", "green", "amber", "violet", "rose")


@dataclass(frozen=True)
class Hue:
    """The colours of one category hue."""

    fill: str  # group background
    line: str  # border of cards and groups
    ink: str  # group label, icon
    tile: str  # the tile under an icon
    mark: str  # a solid mark, as in thumbnails


@dataclass(frozen=True)
class Theme:
    name: ThemeName
    background: str
    card: str
    text: str
    subtext: str
    edge: str
    request_edge: str
    edge_label: str
    chip_line: str
    hues: dict[HueName, Hue]


@dataclass(frozen=True)
class Stroke:
    """How a kind of connection is drawn. `dashes` is exact (SVG); `style` is Graphviz's nearest."""

    style: str
    dashes: str | None
    head: str
    width: float
    weight: int  # how much the layout keeps such a connection short and straight
    cap: str = "butt"


STROKES: Final[dict[str, Stroke]] = {
    "request": Stroke("solid", None, "normal", 1.5, 4),
    "data": Stroke("dashed", "7 4", "normal", 1.3, 2),
    "training": Stroke("dashed", "8 3 1.5 3", "onormal", 1.3, 1),
    "event": Stroke("dotted", "1.5 4", "vee", 1.6, 1, cap="round"),
}
DEFAULT_KIND: Final = "data"

LIGHT: Final = Theme(
    name="light",
    background="#ffffff",
    card="#ffffff",
    text="#0f172a",
    subtext="#64748b",
    edge="#74839a",
    request_edge="#55647a",
    edge_label="#475569",
    chip_line="#e2e8f0",
    hues={
        "blue": Hue("#eff6ff", "#bfdbfe", "#1d4ed8", "#dbeafe", "#3b82f6"),
        "slate": Hue("#f8fafc", "#e2e8f0", "#334155", "#e2e8f0", "#64748b"),
        "green": Hue("#f0fdf4", "#bbf7d0", "#15803d", "#dcfce7", "#16a34a"),
        "amber": Hue("#fffbeb", "#fde68a", "#b45309", "#fef3c7", "#d97706"),
        "violet": Hue("#f5f3ff", "#ddd6fe", "#6d28d9", "#ede9fe", "#8b5cf6"),
        "rose": Hue("#fff1f2", "#fecdd3", "#be123c", "#ffe4e6", "#e11d48"),
    },
)
DARK: Final = Theme(
    name="dark",
    background="#0b1120",
    card="#111c33",
    text="#f1f5f9",
    subtext="#94a3b8",
    edge="#71809a",
    request_edge="#94a3b8",
    edge_label="#cbd5e1",
    chip_line="#334155",
    hues={
        "blue": Hue("#0f1d3d", "#1e3a8a", "#93c5fd", "#1e3a8a", "#5b9bf8"),
        "slate": Hue("#131c2e", "#334155", "#cbd5e1", "#334155", "#94a3b8"),
        "green": Hue("#0c2418", "#14532d", "#86efac", "#14532d", "#4ade80"),
        "amber": Hue("#2a1a07", "#78350f", "#fcd34d", "#78350f", "#fbbf24"),
        "violet": Hue("#1a1440", "#4c1d95", "#c4b5fd", "#4c1d95", "#a78bfa"),
        "rose": Hue("#2a0d17", "#881337", "#fda4af", "#881337", "#fb7185"),
    },
)
THEMES: Final[dict[ThemeName, Theme]] = {"light": LIGHT, "dark": DARK}


def icon_file(theme: ThemeName, icon: str, hue: HueName) -> str:
    """Base name of an icon's PNG: the same in the icon folder, in DOT and in Graphviz's SVG."""
    return f"{theme}-{icon}-{hue}.png"
