"""Do the words of a line form a sentence? Function words follow rules: "of the is" breaks them.

A handful of rules, no grammar: one break is forgiven in a long line, two are not.
"""

import re
from collections.abc import Sequence
from typing import Final

from apps.scoring.engine import lexicon

FEWEST_WORDS: Final = 6
# Breaks per word that a sentence may have.
FORGIVEN: Final = 0.07

# A sentence that begins or ends in the middle of another.
_MISPLACED: Final = re.compile(
    r"(?<=[a-z,] )(?:The|We|It|If|In|This|They|And|But|For|With|When|To|A|An|Of|Is|Are|Each|Then)\b"
    r"|(?<=[a-z]{3})[.] (?=[a-z])"
)
# What cannot follow, by the kind of the word before.
_ENDINGS: Final = lexicon.AUXILIARIES | lexicon.CONJUNCTIONS | {"of", "than"}
_OPENERS: Final = lexicon.DETERMINERS - {"this", "these", "his", "her", "each"}
_NEVER_FIRST: Final = frozenset(("of", "than", "be", "been", "or", "nor", "its"))
_NEVER_LAST: Final = (
    (lexicon.PREPOSITIONS - {"on", "in", "over", "by", "through", "under", "between", "without"})
    | lexicon.CONJUNCTIONS
    | _OPENERS
    | {"we", "they", "because", "if", "than", "which"}
) - {"to", "with", "for", "of", "from", "at"}
_BROKEN: Final[tuple[tuple[frozenset[str], frozenset[str]], ...]] = (
    (
        _OPENERS,
        (lexicon.PREPOSITIONS | lexicon.PRONOUNS | lexicon.DETERMINERS | _ENDINGS)
        - {"over", "under", "between"},
    ),
    (
        lexicon.PREPOSITIONS - {"on", "in", "before", "to"},
        (_ENDINGS | {"we", "they", "i", "he", "because", "if"}) - {"do", "than"},
    ),
    (frozenset(("to",)), frozenset(("of", "is", "are", "was", "and", "or", "we", "they", "has"))),
    (lexicon.CONJUNCTIONS, (lexicon.CONJUNCTIONS - {"but"}) | {"of"}),
    (
        lexicon.AUXILIARIES - {"have", "do", "can", "will"},
        frozenset(("of", "is", "are", "was", "were", "or", "and")),
    ),
    (
        frozenset(("if", "because", "when", "unless", "so")),
        (lexicon.AUXILIARIES | lexicon.CONJUNCTIONS | {"with", "from", "by", "to"}) - {"is", "are"},
    ),
    (
        frozenset(("we", "they", "i")),
        lexicon.PREPOSITIONS | lexicon.DETERMINERS | lexicon.CONJUNCTIONS,
    ),
)


def order_worth(words: Sequence[str], text: str) -> float:
    """1 for a sentence, less for words in an order that no sentence has. words: of the text."""
    if len(words) < FEWEST_WORDS:
        return 1.0
    broken = sum(map(_breaks, words, words[1:])) + len(_MISPLACED.findall(text))
    broken += (words[0] in _NEVER_FIRST) + (words[-1] in _NEVER_LAST)
    share = broken / len(words)
    if broken >= 2 and share > FORGIVEN:
        return 0.1
    if broken >= 2 or share > FORGIVEN:
        return 0.5
    return 1.0


def _breaks(left: str, right: str) -> bool:
    """May these two words not stand side by side in a sentence?"""
    if right in ("percent", "ms") and not left[0].isdigit():
        return left in lexicon.FUNCTION - {"in", "per", "few", "by", "of"}
    return any(left in before and right in after for before, after in _BROKEN)
