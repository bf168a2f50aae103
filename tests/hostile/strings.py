"""Hostile texts from a seed: quotes, backslashes, markup, entities, bidi marks, broken Unicode."""

from random import Random

_PIECES = [
    # What DOT means something by.
    '"', "\\", '\\"', "\\\\", "\\N", "\\G", "\\L", "\\E", "\\T", "\\H", "\\n", "\\l", "\\r", "{",
    "}", "[", "]", "->", "--", ";", "//", "/*", "*/", "#", "<", ">", "<>", "|", ":", "=",
    " URL=evil ] pwned [shape=box] //", '", URL="javascript:alert(1)", x="', "<b>", "<BR/>",
    '<TABLE><TR><TD HREF="javascript:alert(1)">x</TD></TR></TABLE>', '<IMG SRC="/etc/hostname"/>',
    "subgraph cluster_x { y }", "digraph", "node", "strict", 'x" onclick="alert(1)',
    # What XML and HTML mean something by.
    "&", "&amp;", "&lt;", "&#60;", "&#x3c;", "&nbsp;", "&quot", "&#0;", "&unknown;", "'", "]]>",
    "<![CDATA[", "-->", "<!--", "<?xml?>", "<!DOCTYPE x>", "</svg>", "</text>",
    "<script>alert(1)</script>", "<svg onload=alert(1)>", "<img src=x onerror=alert(1)>",
    "<a xlink:href='javascript:alert(1)'>a</a>", "javascript:alert(1)", "java\tscript:alert(1)",
    "data:text/html,<script>1</script>", "url(http://x)", "<style>*{}</style>", "<foreignObject>",
    "<use href='#x'/>", "%00", "${7*7}", "{{7*7}}",
    # What Unicode has in store.
    "\u202e", "\u202d", "\u2066", "\u2069", "\u200f", "\u200b", "\u200d", "\ufeff", "\xad",
    "\U0001f600", "\U0001f469\u200d\U0001f52c", "\U0001f1e8\U0001f1ed", "e\u0301",
    "\u0635\u0644\u0649", "\u05e9\u05dc\u05d5\u05dd", "\u65e5\u672c\u8a9e", "\xa0", "\u3000",
    "\u2028", "\ud800", "\udfff", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\U000e0041", "\x00",
    "\x01", "\x08", "\t", "\n", "\r", "\x1b[31m", "\x7f", "\x85", "\x9f",
    # What people type.
    "a", "Z", "0", " ", "  ", "ranker", "p99 < 5 ms", "50 %", "A&B", "C:\\data\\", "x" * 40,
]  # fmt: skip


def hostile_strings(count: int, seed: int) -> list[str]:
    """Every piece alone, then mixtures of them; always the same for a seed."""
    random = Random(seed)
    strings = list(_PIECES)
    while len(strings) < count:
        parts = random.choices(_PIECES, k=random.randint(2, 5))
        strings.append("".join(parts)[: random.randint(1, 200)])
    return strings[:count]
