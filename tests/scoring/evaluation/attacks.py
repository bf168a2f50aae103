"""How does an honest answer become one that should earn less?

Every attack takes the notes of one step; chance is seeded by the text, so that it repeats.
"""

import random
import re
from collections.abc import Callable
from typing import Final

from tests.scoring.documents import STEPS


def half(text: str) -> str:
    return _first(text, 1 / 2)


def quarter(text: str) -> str:
    return _first(text, 1 / 4)


def twice(text: str) -> str:
    return f"{text}\n\n{text}"


def shuffle_words(text: str) -> str:
    """All words of the answer in any order, cut into lines of a sentence's length."""
    words = text.split()
    random.Random(text).shuffle(words)
    return ". ".join(" ".join(words[at : at + 14]) for at in range(0, len(words), 14)) + "."


def shuffle_in_sentences(text: str) -> str:
    """The words of each sentence in any order."""
    chance = random.Random(text)
    return "\n".join(" ".join(_mixed(line.split(), chance)) for line in _sentences(text))


def shuffle_sentences(text: str) -> str:
    """Whole sentences in any order: as good as before."""
    return "\n".join(_mixed(_sentences(text), random.Random(text)))


def shout(text: str) -> str:
    return text.upper()


def next_step(step: str) -> str:
    """The step whose text stands here when all are moved on by three."""
    return STEPS[(STEPS.index(step) + 3) % len(STEPS)]


def term_list(terms: list[str]) -> str:
    return ", ".join(terms[:60]) + "."


def term_bullets(terms: list[str]) -> str:
    return "\n".join(f"- {term}" for term in terms[:60])


def framed_terms(terms: list[str]) -> str:
    return " ".join(f"We will carefully consider {term}." for term in terms[:40])


def varied_frames(terms: list[str]) -> str:
    """The same emptiness in changing sentences, two terms in each."""
    pairs = zip(terms[::2], terms[1::2], strict=False)
    return " ".join(
        FRAMES[at % len(FRAMES)].format(one, two) for at, (one, two) in enumerate(pairs) if at < 25
    )


def pasted_sentences(sentences: list[str]) -> str:
    return " ".join(sentences[:40])


FRAMES: Final = (
    "Our approach takes {} and {} into account.",
    "It is also important to think of {} together with {}.",
    "We handle {} well, and {} as well.",
    "For this problem {} matters, as does {}.",
    "The design includes {} and also {}.",
    "Of course {} is used, likewise {}.",
)

STUFFING: Final[dict[str, Callable[[list[str]], str]]] = {
    "term list": term_list,
    "term bullets": term_bullets,
    "framed terms": framed_terms,
    "varied frames": varied_frames,
}


def _first(text: str, share: float) -> str:
    sentences = _sentences(text)
    return "\n".join(sentences[: max(1, round(len(sentences) * share))])


def _sentences(text: str) -> list[str]:
    lines = (line for line in text.splitlines() if line.strip())
    return [part for line in lines for part in re.split(r"(?<=[.;?!])\s+", line) if part.strip()]


def _mixed(parts: list[str], chance: random.Random) -> list[str]:
    return chance.sample(parts, len(parts))
