"""A thought in other words is found by its vector, within bounds that words do not have."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from apps.content import registry
from apps.scoring.domain.engines import compiled, engine, given_for
from apps.scoring.engine.annotate import Annotated, Hit, annotate
from apps.scoring.engine.rubric import Rubric
from apps.scoring.engine.units import units_of
from apps.scoring.semantic import channel
from apps.scoring.semantic.vectors import SentenceVectors
from tests.scoring.documents import make_document
from tests.scoring.semantic.conftest import need_the_extra

# In everyday words, without a term of the rubric.
OTHER_WORDS = (
    "Once it is live, the one thing we look at is how many visitors end up buying something."
)


@pytest.fixture(scope="module")
def vectors() -> SentenceVectors:
    need_the_extra()
    return channel.load()


@cache
def rubric() -> Rubric:
    return compiled(registry.rubric())


def similar(text: str, step: str, vectors: SentenceVectors) -> list[Annotated]:
    from apps.scoring.engine.similarity import with_similarity

    units = [annotate(unit, rubric(), frozenset()) for unit in units_of(text)]
    return with_similarity(units, step, rubric(), vectors)


def by_vector(units: Sequence[Annotated]) -> list[Hit]:
    return [hit for unit in units for hit in unit.hits if hit.channel == "semantic"]


def test_another_wording_is_found(vectors: SentenceVectors) -> None:
    hits = by_vector(similar(OTHER_WORDS, "metrics", vectors))

    criteria = {rubric().facets[hit.facet].criterion for hit in hits}
    assert "me.online" in criteria


def test_a_hit_says_what_it_is_near_to_and_how_near(vectors: SentenceVectors) -> None:
    [hit, *_] = by_vector(similar(OTHER_WORDS, "metrics", vectors))

    facet = rubric().facets[hit.facet]
    [raw] = [
        raw
        for item in rubric().data["criteria"]
        for raw in item["facets"]
        if (item["id"], raw["id"]) == (facet.criterion, facet.id)
    ]
    assert hit.matched in raw["prototypes"]
    assert 0.34 <= (hit.similarity or 0) <= 1
    assert 0.5 <= hit.strength <= 0.8
    assert hit.similarity == round(hit.similarity or 0, 3)


def test_a_prototype_itself_is_as_near_as_it_gets(vectors: SentenceVectors) -> None:
    prototype = "We want people to come back next month"

    [best, *_] = by_vector(similar(prototype, "problem-formulation", vectors))

    assert (best.matched, best.strength) == (prototype, 0.8)
    assert best.similarity == pytest.approx(1, abs=0.002)


def test_what_is_denied_has_no_vector(vectors: SentenceVectors) -> None:
    said = by_vector(similar("We want people to come back next month", "metrics", vectors))
    denied = similar(
        "It runs on two machines in the cellar, without asking whether people come back next "
        "month.",
        "problem-formulation",
        vectors,
    )

    assert said
    assert "come back" not in " ".join(hit.matched for hit in by_vector(denied))


@pytest.mark.parametrize("text", ["No.", "- two words", "We do not want people to come back."])
def test_too_few_words_are_not_embedded(text: str, vectors: SentenceVectors) -> None:
    assert by_vector(similar(text, "metrics", vectors)) == []


def test_ordinary_sentences_are_near_to_nothing_of_the_step(vectors: SentenceVectors) -> None:
    ordinary = "The cat slept on the warm stove all afternoon. The tram to the lake is late again."

    hits = by_vector(similar(ordinary, "metrics", vectors))

    assert "metrics" not in {rubric().facets[hit.facet].step for hit in hits}


def test_words_lose_their_worth_where_the_sentence_is_about_something_else(
    vectors: SentenceVectors,
) -> None:
    text = "The validated set was tuned to a random radio station while the search is on."
    unit = annotate(units_of(text)[0], rubric(), frozenset())

    [judged] = similar(text, "model", vectors)

    kept = [hit for hit in judged.hits if hit.channel == "lexical"]
    assert max(of_step("model", unit.hits)) > 0.5
    assert max(of_step("model", kept)) == 0
    assert [(hit.facet, hit.start, hit.solid) for hit in kept] == [
        (hit.facet, hit.start, hit.solid) for hit in unit.hits
    ]


def of_step(step: str, hits: Sequence[Hit]) -> list[float]:
    """How strong those of a step are."""
    return [hit.strength for hit in hits if rubric().facets[hit.facet].step == step]


def scored(notes: dict[str, str], vectors: SentenceVectors | None) -> Any:
    parsed = make_document(notes)
    return engine().start(parsed, *given_for(parsed), vectors=vectors).reply()


def test_vectors_give_credit_but_not_the_top_level(vectors: SentenceVectors) -> None:
    notes = {
        "metrics": f"{OTHER_WORDS} Of 100 who leave, 5 leave angry, because they cannot find "
        "their way back. So whoever gets cross counts for more than whoever stays."
    }

    words, both = scored(notes, None), scored(notes, vectors)

    assert both["channels"] == ["lexical", "semantic"]
    assert both["steps"]["metrics"]["score"] > words["steps"]["metrics"]["score"]
    trace = both["trace"]["steps"]["metrics"]["criteria"]
    for criterion in both["steps"]["metrics"]["criteria"]:
        rows = [row for row in trace[criterion["id"]]["evidence"] if row["counted"]]
        if rows and all(row["channel"] == "semantic" for row in rows):
            assert criterion["level"] <= 3


def test_the_same_notes_give_the_same_bytes_whatever_was_embedded_before(
    vectors: SentenceVectors,
) -> None:
    from apps.scoring.semantic.cache import MemoryCache
    from apps.scoring.stdio import dump

    notes = {"metrics": OTHER_WORDS, "data": "Every night the shop writes down what it sold."}

    cold = dump(scored(notes, vectors.with_cache(MemoryCache())))
    warm = dump(scored({**notes, "model": "A tree asks many small questions."}, vectors))

    assert dump(scored(notes, vectors)) == cold
    assert dump(scored(notes, vectors.with_cache(MemoryCache()))) == cold
    assert warm != cold


def test_words_alone_know_nothing_of_vectors() -> None:
    assert scored({"metrics": OTHER_WORDS}, None)["channels"] == ["lexical"]
