"""What do the codes of a trace mean, in words for people who write no programs?"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

# Each reads on from "This line ...".
GUARDS: Final = {
    "TEMPLATE_COPY": "repeats the template",
    "PROMPT_COPY": "repeats the problem statement",
    "LIST": "lists terms and says nothing about them",
    "FRAME": "is one sentence used again with other terms",
    "NO_SPECIFICS": "holds general words only",
    "SALAD": "is no sentence",
    "OTHER_STEP": "speaks of another step",
    "QUESTION": "asks and does not answer",
    "DUPLICATE": "stands elsewhere already",
    "TO_SCORER": "speaks to whoever scores, not of the design",
    "NEGATED": "says that it is left out",
}
# Why a line that speaks of a criterion was not counted for it.
NOT_COUNTED: Final = {
    "EXCLUSIVE": "counted for two other criteria already",
    "NEGATED": "says that it is left out",
    "WEAK": "too weak to count",
}
DOUBTS: Final = {
    "GUARDED": "Most of what is written about it did not count.",
    "WEAK_VECTORS": "The wording is only distantly like what is looked for.",
    "UNKNOWN_LANGUAGE": "Many of the words are not known here.",
    "TOO_LONG": "The notes are so long that only their first part was read.",
}
ROLES: Final = {"core": "the thing itself", "support": "beside it", "reason": "why"}
TERMS: Final = {
    "base": "Every criterion that is shown starts with",
    "sides": "Sides of it that the lines show",
    "figures": "Figures in these lines",
    "numbers": "Numbers in the lines around them",
    "weighings": "Reasons and alternatives around them",
    "parts": "Parts on the board",
    "counting": "How densely the lines of the step count, less for few words",
    "ease": "People give this criterion more or less readily than others",
}
STATES: Final = {"NE": "Not enough evidence for a level", "NA": "Not asked by this problem"}
CHANNELS: Final = {"lexical": "words", "semantic": "meaning"}
LITTLE, MUCH = 0.4, 0.7
# What a trace says of a line that shows something by being a question.
ASKS: Final = "?"
# A longer match is a sentence of the rubric, of which the line has most words.
PHRASE_WORDS: Final = 6
PREDICATES: Final = {"exists": "One of:", "path": "A path"}


def guard_words(reason: str) -> str:
    return GUARDS.get(reason, "does not count as evidence")


def not_counted_words(why: str) -> str:
    return NOT_COUNTED.get(why) or guard_words(why)


def doubt_words(doubts: Iterable[str]) -> list[str]:
    """One sentence a doubt; a code of a later engine is still a doubt."""
    return [DOUBTS.get(doubt, "The machine is not sure of it.") for doubt in doubts]


def sureness(confidence: float) -> str:
    """As the score panel says it."""
    if confidence >= MUCH:
        return "High confidence"
    return "Fair confidence" if confidence >= LITTLE else "Low confidence"


def channel_words(channels: Iterable[str]) -> str:
    names = [CHANNELS.get(channel, channel) for channel in channels]
    return " and ".join(names) or CHANNELS["lexical"]


def match_words(channel: str, matched: str, similarity: float | None) -> str:
    """Reads on from "because it ...". matched: a phrase of the rubric, in its notation, or one of
    its everyday sentences."""
    if channel == "semantic":
        alike = "" if similarity is None else f" ({similarity:.2f} alike)"
        return f"means much the same as “{matched}”{alike}"
    if matched == ASKS:
        return "asks a question"
    said = matched.replace("$", "").replace("|", " or ").replace(" & ", " with ")
    return f"{'reads much like' if len(said.split()) > PHRASE_WORDS else 'says'} “{said}”"


def predicate_words(told: str, names: Mapping[str, str]) -> str:
    """names: of component types. "exists sql-db, nosql-db" reads "One of: SQL database, ..."."""
    named = re.sub(r"[a-z0-9-]+", lambda word: names.get(word[0], word[0]), told)
    for kind, words in PREDICATES.items():
        named = re.sub(rf"^{kind}\b", words, named)
    return named[:1].upper() + named[1:]


def counted_words(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {many}"


def plain(identifier: str) -> str:
    """An id of a pack as words: "hard-negatives" reads "hard negatives"."""
    return identifier.replace("-", " ").replace("_", " ")
