"""Into which pieces does BERT cut a text? Ids of WordPiece, uncased English.

Own code, since the library for it would bring a client for a model hub and fifteen packages. It is
checked against that library piece by piece (docs/decisions/0010-semantic-channel.md).
"""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

VOCABULARY: Final = Path(__file__).with_name("vocabulary.txt")
# The model was trained on no more pieces at once, the two marks at the ends included.
MOST_PIECES: Final = 256
LONGEST_WORD: Final = 100  # letters
_CONTROLS: Final = frozenset(("Cc", "Cf", "Co", "Cs"))
# Characters of these blocks are words by themselves.
_IDEOGRAPHS: Final = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


def piece_ids(text: str) -> list[int]:
    """The ids of [CLS], at most 254 pieces, [SEP]."""
    vocabulary = _vocabulary()
    pieces = [piece for word in _words(text) for piece in _pieces(word)]
    return [vocabulary["[CLS]"], *pieces[: MOST_PIECES - 2], vocabulary["[SEP]"]]


@cache
def _vocabulary() -> dict[str, int]:
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


def _words(text: str) -> list[str]:
    """Lower case, without accents, cut at spaces, at marks and around ideographs."""
    spaced = "".join(map(_spaced, text))
    plain = unicodedata.normalize("NFD", spaced.lower())
    return "".join(map(_stripped, plain)).split()


@lru_cache(maxsize=4096)
def _spaced(char: str) -> str:
    if char in "\t\n\r" or unicodedata.category(char) == "Zs":
        return " "
    if unicodedata.category(char) in _CONTROLS or char == "\ufffd":
        return ""
    return f" {char} " if _is_ideograph(ord(char)) else char


@lru_cache(maxsize=4096)
def _stripped(char: str) -> str:
    if unicodedata.category(char) == "Mn":
        return ""
    return f" {char} " if _is_mark(char) else char


def _is_mark(char: str) -> bool:
    ascii_mark = char.isascii() and char.isprintable() and not char.isalnum() and char != " "
    return ascii_mark or unicodedata.category(char).startswith("P")


def _is_ideograph(code: int) -> bool:
    return any(first <= code <= last for first, last in _IDEOGRAPHS)


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[int, ...]:
    """The longest piece that the vocabulary has, again and again; unknown as a whole otherwise."""
    vocabulary = _vocabulary()
    unknown = (vocabulary["[UNK]"],)
    if len(word) > LONGEST_WORD:
        return unknown
    ids = []
    start = 0
    while start < len(word):
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in vocabulary), None)
        if end is None:
            return unknown
        ids.append(vocabulary[mark + word[start:end]])
        start = end
    return tuple(ids)
