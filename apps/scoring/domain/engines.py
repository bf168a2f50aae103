"""Which engines are there, and what are they given? Content packs turned into what an engine takes.

Plain Python, without Django: the command line scores without a server.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Final

from apps.content import registry
from apps.content.types import Problem, Prompt, RubricPack
from apps.core.errors import NotFound
from apps.designs.document.types import DesignDocument
from apps.scoring.engine.interface import Engine, Vectors
from apps.scoring.engine.rubric import Rubric, compile_rubric
from apps.scoring.engine.score import ENGINE_ID, ENGINE_VERSION, Context, LexicalScoring
from apps.scoring.engine.units import units_of
from apps.scoring.engine.words import content_stems
from apps.scoring.semantic import channel

# A word of so many problem statements names none of them.
SHARED: Final = 3


class LexicalEngine:
    """Evidence rules over words and the typed board; needs no model and no network."""

    id = ENGINE_ID
    version = ENGINE_VERSION

    def start(
        self,
        document: DesignDocument,
        rubric: RubricPack,
        problem: Problem | None,
        vectors: Vectors | None = None,
    ) -> LexicalScoring:
        return LexicalScoring(document, compiled(rubric), _context(problem), vectors)


ENGINES: Final[dict[str, Engine]] = {ENGINE_ID: LexicalEngine()}


def engine(engine_id: str = ENGINE_ID) -> Engine:
    if engine_id not in ENGINES:
        raise NotFound(f'There is no scoring engine "{engine_id}".')
    return ENGINES[engine_id]


def vectors() -> Vectors | None:
    """The model of the semantic channel, or None where words alone are to score."""
    return channel.vectors()


def model_in_use() -> str | None:
    """What `vectors` would have loaded, by its hash; None where words alone are to score."""
    return channel.model_in_use()


def why_no_vectors() -> str:
    """What to do about it, where `vectors` gives None."""
    return channel.why_not() or f"It is switched off by {channel.VARIABLE}."


def given_for(document: DesignDocument) -> tuple[RubricPack, Problem | None]:
    """The rubric and the problem of a document as the folders have them now."""
    asked = document.get("problem")
    problem = None
    with suppress(NotFound):
        problem = registry.problem(asked["id"]) if asked else None
    return registry.rubric_for(document["flow"]["id"], problem), problem


@cache
def compiled(rubric: RubricPack) -> Rubric:
    return compile_rubric(rubric.data, rubric.sha256)


def _context(problem: Problem | None) -> Context:
    return Context(
        _guide_texts(),
        _component_names(),
        frozenset(problem.not_applicable if problem else ()),
        frozenset(problem.problem_families if problem else ()),
        _shared_stems(),
    )


@cache
def _guide_texts() -> tuple[str, ...]:
    """What stands beside every board: copying it is no answer."""
    return tuple(
        text
        for flow in registry.flows()
        for step in flow.steps
        for text in (step.name, step.purpose, *_said_by(step.prompts))
    )


def _said_by(prompts: Iterable[Prompt]) -> Iterator[str]:
    """Sentence by sentence, so that a short one is known again too."""
    for prompt in prompts:
        for text in (prompt.question, prompt.why, prompt.example):
            yield from (unit.clean for unit in units_of(text))


@cache
def _shared_stems() -> frozenset[str]:
    """Words of several problem statements: "rank" or "show" is no sign of any one problem."""
    counts = Counter(
        word
        for statement in registry.problem_statements()
        for word in set(content_stems(statement))
    )
    return frozenset(word for word, count in counts.items() if count >= SHARED)


@cache
def _component_names() -> dict[str, str]:
    return {
        name.lower(): component.id
        for component in registry.catalogue().components
        if component.id != "other"
        for name in (component.name, *component.aliases)
    }
