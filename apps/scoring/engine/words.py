"""What are the words of a text? Tokens with offsets, and stems that make their forms alike."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import snowballstemmer

from apps.scoring.engine.lexicon import FUNCTION

# A/B is one word; a word may carry digits (p95, int8); a number stands apart from its unit (200ms).
_TOKEN: Final = re.compile(
    r"(?:[aA]/[bB](?![^\W_]))|[^\W\d_](?:\w*)(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|[%@]"
)
_STEMMER: Final = snowballstemmer.stemmer("english")
_SPECIAL: Final = {"%": "percent", "a/b": "ab"}


@dataclass(frozen=True, slots=True)
class Token:
    """start and end are offsets in the text that was tokenised."""

    word: str
    stem: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.word[0].isdigit()

    @property
    def is_content(self) -> bool:
        return self.word not in FUNCTION and not self.is_number and len(self.word) > 1


def tokens_of(text: str) -> list[Token]:
    return [
        Token(word := _normal(match.group()), stem(word), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def stems_of(text: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens_of(text))


def content_stems(text: str) -> list[str]:
    return [token.stem for token in tokens_of(text) if token.is_content]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    if not word.isalpha():
        return word
    return str(_STEMMER.stemWord(word))


def _normal(raw: str) -> str:
    word = raw.lower().replace("’", "'")
    return _SPECIAL.get(word, word)
