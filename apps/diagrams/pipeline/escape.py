"""How may words of a user enter DOT? Through `html_text` or `plain_text`, and in no other way.

Ids, colours, fonts and numbers are never a user's: ids are generated (`n1`, `g1`, `e1`), colours
and fonts come from the themes, numbers go through `clamped`.
"""

import re
from math import isfinite
from typing import Final

# C0, DEL, C1, lone surrogates and the two non-characters that XML 1.0 forbids.
_FORBIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# Order does not matter here: each character is replaced once. A backslash is doubled because
# Graphviz expands \N, \G and the like even inside HTML-like labels; a label that is just "]" is
# lost by Graphviz 2.43 unless it is written as an entity.
_HTML: Final = str.maketrans(
    {
        "&": "&amp;",
        "\\": "\\\\",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        "]": "&#93;",
    }
)
# Without the first one, `&lt;` typed by a user would be shown as `<`.
_PLAIN: Final = str.maketrans({"&": "&amp;", "\\": "\\\\", '"': '\\"', "\n": "\\n"})


def visible(text: str) -> str:
    """The text with everything that cannot be shown replaced by a space."""
    return _FORBIDDEN.sub(" ", text)


def one_line(text: str) -> str:
    """The text as one line: forbidden characters are spaces, runs of white space are one space."""
    return " ".join(visible(text).split())


def html_text(text: str) -> str:
    """The text for use between the tags of an HTML-like label."""
    return visible(text).translate(_HTML)


def plain_text(text: str) -> str:
    """The text for use between the quotes of a plain DOT string. A line break stays one."""
    return "\n".join(visible(line) for line in text.split("\n")).translate(_PLAIN)


def clamped(value: float, least: float, most: float) -> str:
    """The number for DOT, within bounds; NaN and the infinities become the least."""
    number = value if isfinite(value) else least
    return f"{min(max(number, least), most):.2f}".rstrip("0").rstrip(".")
