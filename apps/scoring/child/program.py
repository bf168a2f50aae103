"""The program that scores. Run by `client`, never by hand:

    python -m apps.scoring.child.program <memory in bytes> <CPU seconds> <seconds> <longest message>

It ends with its input, that is with its client. It knows nothing of Django, of the database or of
the network. What takes long to make is kept for the next question: compiled rubrics, and documents
of which another step was scored just before.
"""

import logging
import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, NamedTuple, TypeVar

from apps.content import registry
from apps.content.build import problem_of
from apps.content.kinds import KINDS
from apps.content.loader import Pack
from apps.content.types import Problem, RubricPack
from apps.core.children.inside import READY, Line, limit_memory, limit_time
from apps.core.json import JsonObject
from apps.designs.document.validation import parse
from apps.scoring.child.messages import read_message, write_message
from apps.scoring.child.sentences import ClientCache
from apps.scoring.domain.engines import engine
from apps.scoring.engine.interface import Scoring, Vectors
from apps.scoring.semantic import channel
from apps.scoring.semantic.cache import VectorCache

SILENT: Final = {
    "format": "ninestep/design",
    "version": 1,
    "id": "00000000-0000-4000-8000-000000000000",
    "title": "Nothing",
    "created_at": "2026-01-01T00:00:00Z",
    "updated_at": "2026-01-01T00:00:00Z",
    "flow": {"id": registry.DEFAULT_FLOW, "version": "1.0.0"},
    "steps": [],
    "board": {},
}

NO_MODEL: Final = (
    "The worker has not the model of sentences that the web server counts on. "
    "Install the same extras for both."
)

_T = TypeVar("_T")
log = logging.getLogger(__name__)


class Key(NamedTuple):
    """What a scoring depends on, by hashes."""

    document: str
    rubric: str
    problem: str | None
    model: str | None


class Shelf(Generic[_T]):
    """The values used last, by their hashes."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._values: OrderedDict[object, _T] = OrderedDict()

    def get(self, key: object) -> _T | None:
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def put(self, key: object, value: _T) -> None:
        self._values[key] = value
        while len(self._values) > self._room:
            self._values.popitem(last=False)


class Missing(Exception):
    """names: what the child has not been given, or not lately."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class Refused(Exception):
    """Cannot be done here. The text is a sentence for everybody."""


rubrics: Final = Shelf[RubricPack](16)
problems: Final = Shelf[Problem](64)
scorings: Final = Shelf[Scoring](8)


def main() -> int:
    memory_bytes, max_bytes = int(sys.argv[1]), int(sys.argv[4])
    cpu_s, wall_s = float(sys.argv[2]), float(sys.argv[3])
    logging.basicConfig(level=logging.WARNING)
    limit_memory(memory_bytes)
    talk = Talk(Line(), max_bytes)
    warm_up()
    talk.line.send(READY)
    while True:
        try:
            question = talk.hear()
        except EOFError:
            return 0
        with limit_time(cpu_s, wall_s):
            answer = answer_to(question, talk)
        talk.say(answer)
        if "failed" in answer:
            return 1  # memory may be short, and anything half done


class Talk:
    """With the client. sentences: the vectors that it has in store."""

    def __init__(self, line: Line, max_bytes: int) -> None:
        self.line = line
        self.sentences = ClientCache(self._ask, self.say)
        self._max_bytes = max_bytes

    def say(self, message: JsonObject) -> None:
        self.line.send(write_message(message))

    def hear(self) -> JsonObject:
        """Raises EOFError."""
        return read_message(self.line.read, self._max_bytes)

    def _ask(self, message: JsonObject) -> JsonObject:
        self.say(message)
        return self.hear()


def warm_up() -> None:
    """Makes what nearly every question needs, by scoring a design that says nothing."""
    for pack in registry.rubrics():
        rubrics.put(pack.sha256, pack)
        engine().start(parse(SILENT), pack, None).reply()


def answer_to(question: JsonObject, talk: Talk) -> JsonObject:
    try:
        scoring = scoring_for(question, talk.sentences)
        return {"done": TASKS[str(question["task"])](scoring, question)}
    except Missing as missing:
        return {"need": [*missing.names]}
    except Refused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"failed": "MemoryError"}
    except Exception as error:
        log.exception("A question was not answered")
        return {"failed": type(error).__name__}


# What is asked -----------------------------------------------------------------------------------


def hashes(scoring: Scoring, _question: Any) -> JsonObject:
    """By step, in the order of the flow."""
    return {step: scoring.input_hash(step) for step in scoring.step_ids}


def score_step(scoring: Scoring, question: Any) -> JsonObject:
    scored = scoring.score_step(question["step"])
    return {"result": scored["result"], "trace": scored["trace"]}


def combine(scoring: Scoring, question: Any) -> JsonObject:
    return scoring.combine(question["steps"])


def cover(scoring: Scoring, question: Any) -> JsonObject:
    """By step: its hash and, unless that is known to the asker, its score and levels."""
    known: Mapping[str, str] = question["known"]
    return {step: _cover(scoring, step, known.get(step)) for step in scoring.step_ids}


def _cover(scoring: Scoring, step: str, known: str | None) -> JsonObject:
    input_hash = scoring.input_hash(step)
    if input_hash == known:
        return {"input_hash": input_hash}
    result: Any = scoring.score_step(step)["result"]
    levels = {criterion["id"]: criterion["level"] for criterion in result["criteria"]}
    return {"input_hash": input_hash, "score": result["score"], "levels": levels}


TASKS: Final[dict[str, Callable[[Scoring, Any], JsonObject]]] = {
    "hashes": hashes,
    "score_step": score_step,
    "combine": combine,
    "cover": cover,
}


# What it is about --------------------------------------------------------------------------------


def scoring_for(question: Any, sentences: VectorCache) -> Scoring:
    """Raises Missing."""
    key = Key(*(question[name] for name in Key._fields))
    given = question.get("given", {})
    _keep(key, given)
    scoring = scorings.get(key)
    if scoring is None:
        scoring = _start(key, given, sentences)
        scorings.put(key, scoring)
    return scoring


def _keep(key: Key, given: Any) -> None:
    if rubric := given.get("rubric"):
        pack = RubricPack(rubric["id"], rubric["version"], key.rubric, rubric["data"])
        rubrics.put(key.rubric, pack)
    if problem := given.get("problem"):
        problems.put(key.problem, problem_of(Pack(KINDS["problem"], problem, str(key.problem))))


def _start(key: Key, given: Any, sentences: VectorCache) -> Scoring:
    rubric = rubrics.get(key.rubric)
    needs = {
        "document": "document" not in given,
        "rubric": rubric is None,
        "problem": key.problem is not None and problems.get(key.problem) is None,
    }
    if rubric is None or any(needs.values()):
        raise Missing([name for name, is_needed in needs.items() if is_needed])
    problem = problems.get(key.problem) if key.problem else None
    return engine().start(given["document"], rubric, problem, _vectors(key.model, sentences))


def _vectors(model: str | None, sentences: VectorCache) -> Vectors | None:
    """Those of this very model. Raises Refused."""
    if model is None:
        return None
    found = channel.vectors()
    if found is None or found.model != model:
        raise Refused(NO_MODEL)
    return found.with_cache(sentences)


if __name__ == "__main__":
    sys.exit(main())
