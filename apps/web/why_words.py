"""What do the codes of a trace mean, in words for people who write no programs?"""

from collections.abc import Iterable
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
}
ROLES: Final = {"core": "the thing itself", "support": "beside it", "reason": "why"}
STATES: Final = {"NE": "Not enough evidence for a level", "NA": "Not asked by this problem"}
CHANNELS: Final = {"lexical": "words", "semantic": "meaning"}
LITTLE, MUCH = 0.4, 0.7


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


def counted_words(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {many}"


def plain(identifier: str) -> str:
    """An id of a pack as words: "hard-negatives" reads "hard negatives"."""
    return identifier.replace("-", " ").replace("_", " ")
