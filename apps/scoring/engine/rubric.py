"""What does the engine know of a rubric? Its data compiled once: criteria, phrases, templates.

The data is that of a rubric pack, already checked against its schema.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from apps.scoring.engine.lexicon import ABSTRACT, ARTICLES, COMMON, FUNCTION, HOLLOW, NEGATORS
from apps.scoring.engine.words import content_stems, stem, tokens_of

MAX_PHRASE: Final = 6
TYPO_LETTERS: Final = 7
ROLES: Final = ("core", "support", "reason")
# What one hit of a kind is worth as evidence; below `levels.VALID` it needs company.
PHRASE, WORD, COMMON_WORD, TOGETHER, WEAK = 1.0, 0.85, 0.55, 0.75, 0.3
# A word this long is a term of the trade more often than not.
TERM_LETTERS: Final = 11

Stems = tuple[str, ...]
Data = Mapping[str, Any]

_DENIALS: Final = frozenset(map(stem, NEGATORS))


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to say about a criterion. index: its place among all facets of the rubric."""

    index: int
    id: str
    role: str
    ask: str
    signal: str
    criterion: str
    step: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """families, words: what a problem has or says when it calls for this; empty for always.
    hint: by level, how to get to the next one.
    topic: stem of each word that it is spoken of with -> how much that word speaks of it.
    ease: how much more readily than others people give a level for it, in levels.
    """

    id: str
    step: str
    weight: int
    label: str
    ask: str
    by: tuple[str, ...]
    choice: bool
    facets: tuple[Facet, ...]
    graph: tuple[Data, ...]
    families: frozenset[str]
    words: frozenset[str]
    hint: Mapping[str, str]
    topic: Mapping[str, float]
    ease: float

    @property
    def graph_only(self) -> bool:
        return self.by == ("G",)


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    number: int
    weight: float
    essential: bool
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Words that show a facet when they stand near one another, one of each group.

    denies: one of the groups is itself a denial, "nobody & asked".
    """

    facet: int
    groups: tuple[frozenset[Stems], ...]
    denies: bool
    alias: str


@dataclass(frozen=True, slots=True)
class Prototype:
    """weight: of all its words."""

    text: str
    facet: int
    weight: float


@dataclass(slots=True)
class Lookup:
    """Tables from words to facets.

    longest: of the phrases that begin with a word. with_word: places of prototypes that have it.
    """

    phrases: dict[Stems, dict[int, float]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    together: dict[Stems, list[Together]] = field(default_factory=dict)
    prototypes: list[Prototype] = field(default_factory=list)
    with_word: dict[str, list[int]] = field(default_factory=dict)
    idf: dict[str, float] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)
    synonyms: dict[str, str] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)
    typos: dict[str, str] = field(default_factory=dict)

    def canonical(self, word_stem: str) -> str:
        return self.synonyms.get(word_stem, word_stem)


@dataclass(frozen=True, slots=True, eq=False)
class Rubric:
    """sha256: of the pack that it was compiled from. Each is compiled once and only like itself."""

    id: str
    version: str
    sha256: str
    steps: tuple[Step, ...]
    facets: tuple[Facet, ...]
    lookup: Lookup
    names: frozenset[str]
    hollow: frozenset[str]
    abstract: frozenset[str]
    data: Data

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)


def compile_rubric(data: Data, sha256: str) -> Rubric:
    facets: list[Facet] = []
    topics = {item["id"]: _topic(item, data) for item in data["criteria"]}
    rarity = _rarity(topics.values())
    criteria = [
        _criterion(item, facets, _weighed(topics[item["id"]], rarity)) for item in data["criteria"]
    ]
    steps = tuple(_step(item, criteria) for item in data["steps"])
    names = frozenset(stem(str(name).lower()) for name in data["names"])
    hollow = frozenset(map(stem, HOLLOW))
    abstract = hollow.union(map(stem, ABSTRACT))
    lookup = _lookup(data, facets)
    lookup.rarity = rarity
    return Rubric(
        data["id"],
        data["version"],
        sha256,
        steps,
        tuple(facets),
        lookup,
        names,
        hollow,
        abstract,
        data,
    )


def alias_stems(alias: str) -> Stems:
    """Articles say nothing: "the goal" and "goal" are one phrase."""
    return tuple(token.stem for token in tokens_of(alias) if token.word not in ARTICLES)


def denies(phrase: Stems) -> bool:
    """The phrase holds its own denial, which is then what is meant: "never seen"."""
    return not _DENIALS.isdisjoint(phrase)


def _step(item: Data, criteria: list[Criterion]) -> Step:
    own = tuple(criterion for criterion in criteria if criterion.step == item["id"])
    return Step(item["id"], item["number"], item["weight"], item.get("essential", False), own)


def _criterion(item: Data, facets: list[Facet], topic: Mapping[str, float]) -> Criterion:
    own = []
    for raw in item["facets"]:
        ask = raw.get("ask", item["ask"])
        signal = raw.get("signal", "")
        facet = Facet(
            len(facets), raw["id"], raw["role"], ask, signal, item["id"], item["step"] or ""
        )
        facets.append(facet)
        own.append(facet)
    return Criterion(
        item["id"],
        item["step"] or "",
        item["weight"],
        item["label"],
        item["ask"],
        tuple(item["by"]),
        item.get("choice", False),
        tuple(own),
        tuple(item.get("graph", ())),
        frozenset(item.get("applies", ())),
        frozenset(_applies_words(item)),
        item.get("hint", {}),
        topic,
        item.get("ease", 0.0),
    )


def _applies_words(item: Data) -> Iterator[str]:
    for words in item.get("applies_words", ()):
        yield " ".join(alias_stems(words))


def _topic(item: Data, data: Data) -> Counter[str]:
    """In how many of the criterion's texts each word stands."""
    return Counter(word for text in _texts(item, data) for word in set(content_stems(text)))


def _texts(item: Data, data: Data) -> Iterator[str]:
    yield from (item["label"], item["ask"], *item["anchors"], *item.get("hint", {}).values())
    for raw in item["facets"]:
        yield raw.get("ask", "")
        yield from raw.get("prototypes", ())
        for alias in raw.get("aliases", ()):
            for group in alias.split("&"):
                yield from _options(group, data["word_groups"])


def _rarity(topics: Collection[Counter[str]]) -> dict[str, float]:
    """A word of few criteria tells more about which one is meant."""
    spread = Counter(word for topic in topics for word in topic)
    return {word: math.log(1 + len(topics) / count) for word, count in sorted(spread.items())}


def _weighed(topic: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    return {word: math.log1p(count) * rarity[word] for word, count in sorted(topic.items())}


def _lookup(data: Data, facets: list[Facet]) -> Lookup:
    lookup = Lookup(synonyms=_synonyms(data["synonyms"]))
    raw_facets = [raw for item in data["criteria"] for raw in item["facets"]]
    for facet, raw in zip(facets, raw_facets, strict=True):
        for alias in raw.get("aliases", ()):
            _add_alias(lookup, facet.index, alias, data["word_groups"])
        for word in raw.get("weak", ()):
            _add_phrase(lookup, facet.index, alias_stems(word), WEAK)
    _add_prototypes(lookup, raw_facets)
    lookup.typos = _typos(lookup.vocabulary)
    # An option that is an article alone has no stems left.
    for phrase in filter(None, lookup.phrases):
        lookup.longest[phrase[0]] = max(len(phrase), lookup.longest.get(phrase[0], 0))
    return lookup


def _add_alias(lookup: Lookup, facet: int, alias: str, words: Mapping[str, list[str]]) -> None:
    if "&" not in alias:
        stems = alias_stems(alias)
        _add_phrase(lookup, facet, stems, _strength(alias, stems))
        return
    groups = tuple(
        frozenset(alias_stems(option) for option in _options(group, words))
        for group in alias.split("&")
    )
    denying = any(all(map(denies, group)) for group in groups)
    together = Together(facet, groups, denying, alias)
    for stems in sorted(groups[0]):
        lookup.together.setdefault(stems, []).append(together)
    for group in groups:
        for stems in group:
            lookup.phrases.setdefault(stems, {})


def _add_phrase(lookup: Lookup, facet: int, stems: Stems, strength: float) -> None:
    if not stems:
        raise ValueError(f"A phrase of facet {facet} has no words")
    table = lookup.phrases.setdefault(stems, {})
    table[facet] = max(strength, table.get(facet, 0.0))
    lookup.vocabulary.update(stems)


def _strength(alias: str, stems: Stems) -> float:
    if len(stems) > 1:
        content = [word for word in alias.lower().split() if word not in FUNCTION]
        return PHRASE if len(content) > 1 else WORD
    return WORD if _is_term(alias) else COMMON_WORD


def _is_term(word: str) -> bool:
    """Written with a capital or a digit, or long: a term, not a word of every day."""
    if word.lower() in COMMON:
        return False
    return not (word.isalpha() and word.islower()) or len(word) >= TERM_LETTERS


def _options(group: str, words: Mapping[str, list[str]]) -> Iterator[str]:
    """The words of "a|b|$name", where a name stands for a group of words."""
    for option in group.split("|"):
        name = option.strip()
        if name.startswith("$"):
            yield from words[name[1:]]
        else:
            yield name


def _synonyms(groups: Iterable[Iterable[str]]) -> dict[str, str]:
    """Each word's stem -> the first of its group; a word of two groups stays with the first."""
    table: dict[str, str] = {}
    for group in groups:
        stems = [stem(word) for word in group]
        for one in stems:
            table.setdefault(one, stems[0])
    return table


def _add_prototypes(lookup: Lookup, raw_facets: list[Data]) -> None:
    rows = [
        (text, index, frozenset(map(lookup.canonical, content_stems(text))))
        for index, raw in enumerate(raw_facets)
        for text in raw.get("prototypes", ())
    ]
    counts = Counter(word for _, _, stems in rows for word in stems)
    lookup.idf = {word: math.log(1 + len(rows) / count) for word, count in sorted(counts.items())}
    lookup.prototypes = [
        Prototype(text, index, math.fsum(lookup.idf[word] for word in stems))
        for text, index, stems in rows
    ]
    for place, (_, _, stems) in enumerate(rows):
        for word in stems:
            lookup.with_word.setdefault(word, []).append(place)


def _typos(vocabulary: set[str]) -> dict[str, str]:
    """A stem with one letter missing -> the stem; doubtful ones are left out."""
    table: dict[str, str] = {}
    for word in sorted(vocabulary):
        if len(word) >= TYPO_LETTERS and word.isalpha():
            for short in deletions(word):
                table[short] = "" if short in table and table[short] != word else word
    return {short: word for short, word in table.items() if word and short not in vocabulary}


def deletions(word: str) -> set[str]:
    return {word[:index] + word[index + 1 :] for index in range(len(word))}
