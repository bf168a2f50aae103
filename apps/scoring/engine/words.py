"""What are the words of a text? Tokens with offsets, and stems that make their forms alike."""

import re
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

import snowballstemmer

from apps.scoring.engine.lexicon import FUNCTION

# A/B is one word; a word may carry digits (p95, int8); a number stands apart from its unit (200ms).
_TOKEN: Final = re.compile(
    r"(?:[aA]/[bB](?![^\W_]))|[^\W\d_](?:\w*)(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[%@]"
)
# Longer than any word there is; stemming takes longer the longer it is.
LONGEST_WORD: Final = 60
_STEMMER: Final = snowballstemmer.stemmer("english")
_SPECIAL: Final = {"%": "percent", "a/b": "ab"}


class Token(NamedTuple):
    """start and end are offsets in the text that was tokenised."""

    word: str
    stem: str
    is_number: bool
    is_content: bool
    start: int
    end: int


def tokens_of(text: str, most: int | None = None) -> list[Token]:
    """All of them, or the first so many."""
    return [
        Token(*_known(match.group()), *match.span())
        for match in islice(_TOKEN.finditer(text), most)
    ]


@lru_cache(maxsize=20_000)
def _known(raw: str) -> tuple[str, str, bool, bool]:
    """What a token is wherever it stands: word, stem, is it a number, does it carry content?"""
    word = _normal(raw)
    is_number = word[0].isdigit()
    return word, stem(word), is_number, word not in FUNCTION and not is_number and len(word) > 1


def stems_of(text: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens_of(text))


def content_stems(text: str) -> list[str]:
    return [token.stem for token in tokens_of(text) if token.is_content]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    if not word.isalpha() or len(word) > LONGEST_WORD:
        return word
    return str(_STEMMER.stemWord(word))


def _normal(raw: str) -> str:
    word = raw.lower().replace("’", "'")
    return _SPECIAL.get(word, word)
