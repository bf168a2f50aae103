"""Which engines are there, and what are they given? Content packs turned into what an engine takes.

Plain Python, without Django: the command line scores without a server.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Final

from apps.content import registry
from apps.content.types import Prompt
from apps.core.errors import NotFound
from apps.designs.document.types import DesignDocument
from apps.scoring.engine.interface import Engine
from apps.scoring.engine.rubric import Rubric, compile_rubric
from apps.scoring.engine.score import ENGINE_ID, ENGINE_VERSION, Context, LexicalScoring
from apps.scoring.engine.units import units_of
from apps.scoring.engine.words import content_stems

DEFAULT_RUBRIC: Final = registry.DEFAULT_RUBRIC
# A word of so many problem statements names none of them.
SHARED: Final = 3


class LexicalEngine:
    """Evidence rules over words and the typed board; needs no model and no network."""

    id = ENGINE_ID
    version = ENGINE_VERSION

    def start(self, document: DesignDocument, rubric_id: str) -> LexicalScoring:
        return LexicalScoring(document, compiled(rubric_id), _context(document))


ENGINES: Final[dict[str, Engine]] = {ENGINE_ID: LexicalEngine()}


def engine(engine_id: str = ENGINE_ID) -> Engine:
    if engine_id not in ENGINES:
        raise NotFound(f'There is no scoring engine "{engine_id}".')
    return ENGINES[engine_id]


def rubric_for(flow_id: str, problem_id: str = "") -> str:
    """Which rubric does a design go by? Its problem's, as long as it follows the problem's flow;
    else its flow's; else, of a flow that nobody knows here, the usual one."""
    with suppress(NotFound):
        problem = registry.problem(problem_id)
        if problem.flow == flow_id:
            return problem.rubric
    with suppress(NotFound):
        return registry.flow(flow_id).rubric
    return DEFAULT_RUBRIC


def rubric_of(document: DesignDocument) -> str:
    problem = document.get("problem")
    return rubric_for(document["flow"]["id"], problem["id"] if problem else "")


@cache
def compiled(rubric_id: str = DEFAULT_RUBRIC) -> Rubric:
    return compile_rubric(registry.rubric(rubric_id).data)


def _context(document: DesignDocument) -> Context:
    problem = document.get("problem")
    known = {item.id: item for item in registry.problems()}
    asked = known.get(problem["id"]) if problem else None
    return Context(
        _guide_texts(),
        _component_names(),
        frozenset(asked.not_applicable if asked else ()),
        frozenset(asked.problem_families if asked else ()),
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
        for problem in registry.problems()
        for word in set(content_stems(f"{problem.title}. {problem.prompt}"))
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
