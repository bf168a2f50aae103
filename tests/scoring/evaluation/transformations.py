"""The same answer written another way: by whom, how spelt, how typed, how laid out, in what order.

None of it is what an answer is marked for, so none of it should move a step's score.
"""

import random
import re
from collections.abc import Callable
from functools import partial
from typing import Final

from apps.scoring.engine.units import units_of

# British and American spellings, as parts of words.
SPELLINGS: Final = (
    ("isation", "ization"),
    ("ise ", "ize "),
    ("ising", "izing"),
    ("ised", "ized"),
    ("our ", "or "),
    ("ours ", "ors "),
    ("behaviour", "behavior"),
    ("labelled", "labeled"),
    ("labelling", "labeling"),
    ("modelling", "modeling"),
    ("cancelled", "canceled"),
    ("travelled", "traveled"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("licence", "license"),
    ("programme", "program"),
    ("judgement", "judgment"),
    ("grey", "gray"),
)
# Words that end as a British spelling does and are none.
KEPT: Final = re.compile(
    r"\b(?:our|ours|four|hour|hours|your|yours|otherwise|precise|noise|rise)\b"
)
# One word in so many is mistyped.
TYPO_EVERY: Final = 50
TYPO_LETTERS: Final = 5
_BULLET: Final = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")


def named(text: str) -> str:
    return f"Notes by Nomvula Dlamini.\n\n{text}"


def from_somewhere(text: str) -> str:
    return f"{text}\n\nI am from Brazil and studied in Campinas."


def american(text: str) -> str:
    for british, other in SPELLINGS:
        text = re.sub(rf"\w*{british}", partial(_respelt_match, british, other), text)
    return text


def _respelt_match(british: str, other: str, match: re.Match[str]) -> str:
    return _respelt(match.group(), british, other)


def _respelt(word: str, british: str, other: str) -> str:
    return word if KEPT.search(word) else word.replace(british, other)


def mistyped(text: str) -> str:
    """Two letters in the middle of a long word, changed round."""
    chooser = random.Random(4711)
    words = re.split(r"(\s+)", text)
    return "".join(
        _swapped(word, chooser) if chooser.randrange(TYPO_EVERY) == 0 else word for word in words
    )


def _swapped(word: str, chooser: random.Random) -> str:
    if len(word) < TYPO_LETTERS or not word.isalpha():
        return word
    place = chooser.randrange(1, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def as_bullets(text: str) -> str:
    """A bullet for each sentence, under the headings that there are."""
    lines = []
    for line in text.splitlines():
        if line.startswith(("#", "|")) or not line.strip():
            lines.append(line)
        else:
            plain = _BULLET.sub("", line)
            lines += [f"- {plain[unit.start : unit.end]}" for unit in units_of(plain)]
    return "\n".join(lines)


def as_prose(text: str) -> str:
    """Bullets joined to paragraphs, each a sentence."""
    paragraphs: list[str] = [""]
    for line in text.splitlines():
        if line.startswith(("#", "|")) or not line.strip():
            paragraphs += [line, ""]
        else:
            plain = _BULLET.sub("", line).strip()
            ended = plain if plain.endswith((".", "!", "?", ":", ",")) else f"{plain}."
            paragraphs[-1] = f"{paragraphs[-1]} {ended}".strip()
    return "\n".join(paragraphs)


def reordered(text: str) -> str:
    """The bullets of each list in another order."""
    chooser = random.Random(7)
    lines: list[str] = []
    bullets: list[str] = []
    for line in [*text.splitlines(), ""]:
        if _BULLET.match(line):
            bullets.append(line)
            continue
        if bullets and line.startswith("  ") and line.strip():
            bullets[-1] += f"\n{line}"
            continue
        chooser.shuffle(bullets)
        lines += [*bullets, line]
        bullets = []
    return "\n".join(lines)


TRANSFORMATIONS: Final[dict[str, Callable[[str], str]]] = {
    "a name": named,
    "a nationality": from_somewhere,
    "American spelling": american,
    "slips of the pen": mistyped,
    "bullets": as_bullets,
    "prose": as_prose,
    "another order": reordered,
}
