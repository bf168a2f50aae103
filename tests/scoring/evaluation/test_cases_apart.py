"""Was each half written on its own? No sentence is in both, and none stands in a content pack.

Cases prove something only as long as the engine, whose words the packs hold, has not seen them.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from apps.content import registry
from tests.scoring.evaluation.cases import HALVES, Case, cases
from tests.scoring.evaluation.test_cases import sentences, texts_of

PACKS: Final = Path(registry.__file__).parent / "packs"
# Words in a sentence that nobody else would write by accident.
OWN_WORDS: Final = 6
# Attacks whose very idea is to copy the problem or the guide.
COPIES: Final = {"prompt", "answers-copied"}
# Ids of the texts from before there were halves.
OLD: Final = ("paraphrases-", "negations-", "held-out-")


def test_no_text_is_in_both_halves() -> None:
    tuning, checking = (
        {text for case in cases(half) for text in texts_of(case)} for half in HALVES
    )

    assert tuning & checking == set()


def test_no_sentence_is_in_both_halves() -> None:
    tuning, checking = (
        {sentence for case in cases(half) for text in words_of(case) for sentence in own(text)}
        for half in HALVES
    )

    assert tuning & checking == set()


def test_no_sentence_stands_in_the_packs() -> None:
    packs = {sentence for text in pack_texts() for sentence in own(text)}
    copied = {
        case.id: shared
        for half in HALVES
        for case in cases(half)
        if getattr(case, "kind", "") not in COPIES
        for text in words_of(case)
        if (shared := packs & own(text))
    }

    assert copied == {}


def test_halves_are_about_different_problems() -> None:
    tuning, checking = ({case.problem for case in written(half)} for half in HALVES)

    assert tuning & checking == set()


def written(half: str) -> list[Case]:
    """The cases of the folder `cases` alone."""
    return [case for case in cases(half) if not case.id.startswith(OLD)]


def words_of(case: Case) -> list[str]:
    return [*texts_of(case), getattr(case, "honest", "")]


def own(text: str) -> set[str]:
    """Sentences long enough that two people do not write them by accident."""
    return {sentence for sentence in sentences(text) if len(sentence.split()) >= OWN_WORDS}


def pack_texts() -> Iterator[str]:
    for path in sorted(PACKS.rglob("*.yaml")):
        yield from strings(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))
    for path in sorted(PACKS.rglob("*.md")):
        yield path.read_text(encoding="utf-8")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
