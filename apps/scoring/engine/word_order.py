"""Do the words of a line form a sentence? Small words stand beside some words, not beside others.

Pairs of neighbours were counted in the prose of the content packs, where small words stand for
themselves and all others for their ending (`scripts/build_word_pairs.py`). Words thrown together
make pairs that are rarer than chance, sentences make pairs that are more frequent.
"""

import math
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Final

from apps.scoring.engine.lexicon import FUNCTION

TABLE: Final = Path(__file__).parent / "word_pairs.tsv"
# Fewer telling pairs than this tell nothing.
FEWEST_PAIRS: Final = 4
# Mean logarithm of how much more frequent than chance the pairs are. Of honest lines one in twenty
# lies below -0.05, of lines in any order three in four below -0.2.
SENTENCE: Final = 0.0
SALAD: Final = -0.2
DOUBTED, BROKEN = 0.5, 0.1
# A single pair says this much at most; one that was never seen is taken to have been seen so often.
LEAST, MOST = -4.0, 1.0
UNSEEN: Final = 0.3
RARE: Final = 5

BEGIN, END, NUMBER, MARK = "^", "$", "#", ","
_ENDINGS: Final = ("ing", "ed", "ly", "s")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|\d[\d.,]*|[,;:()]")

Pair = tuple[str, str]


def order_worth(fluency: float | None) -> float:
    """1 for a sentence, less for words in an order that sentences do not have."""
    if fluency is None or fluency >= SENTENCE:
        return 1.0
    return DOUBTED if fluency >= SALAD else BROKEN


def fluency_of(text: str) -> float | None:
    """How much more frequent than chance its pairs of neighbours are; None for too few of them."""
    telling = [_weight(pair) for pair in pairs_of(text) if _tells(pair)]
    return fmean(telling) if len(telling) >= FEWEST_PAIRS else None


def pairs_of(text: str) -> list[Pair]:
    kinds = [BEGIN, *map(_kind, _WORD.findall(text)), END]
    return list(pairwise(kinds))


def _kind(word: str) -> str:
    lower = word.lower().replace("’", "'")
    if lower in FUNCTION:
        return lower
    if not word[0].isalpha():
        return NUMBER if word[0].isdigit() else MARK
    return next(
        (f"-{end}" for end in _ENDINGS if lower.endswith(end) and len(lower) > len(end) + 2), "-"
    )


def _tells(pair: Pair) -> bool:
    return pair[0] == BEGIN or pair[1] == END or not FUNCTION.isdisjoint(pair)


@lru_cache(maxsize=20_000)
def _weight(pair: Pair) -> float:
    pairs, left, right, total = _counts()
    expected = (left[pair[0]] + RARE) * (right[pair[1]] + RARE) / total
    return max(LEAST, min(MOST, math.log((pairs[pair] + UNSEEN) / expected)))


@lru_cache(maxsize=1)
def _counts() -> tuple[Counter[Pair], Counter[str], Counter[str], int]:
    """Of pairs, of their left and right words, of all."""
    pairs: Counter[Pair] = Counter()
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        first, second, count = line.split("\t")
        pairs[first, second] = int(count)
        left[first] += int(count)
        right[second] += int(count)
    return pairs, left, right, pairs.total()
