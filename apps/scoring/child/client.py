"""How is a document scored without trusting it? By a child process that may die of it.

Children are started on demand and kept, with what they have compiled, for the next question. While
one is stuck another answers; further questions wait.
"""

import atexit
import json
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final

from apps.content.loader import Pack
from apps.content.types import RubricPack
from apps.core.children import Child, Ended, NotStarted, OutOfTime, Pool, WhileWaiting
from apps.core.children.child import nothing
from apps.core.json import JsonObject
from apps.designs.document.types import DesignDocument
from apps.scoring.child.messages import TooLong, read_message, write_message
from apps.scoring.child.sentences import answer_from
from apps.scoring.semantic.cache import MemoryCache, VectorCache

CHILDREN: Final = 2  # at most, of one process
PROGRAM: Final = "apps.scoring.child.program"
# Where packs are looked for, which channels there are.
ENVIRONMENT: Final = ("NINESTEP_CONTENT_DIRS", "NINESTEP_SCORING_CHANNELS")


@dataclass(frozen=True)
class Limits:
    """For one question; a step of an honest design takes some milliseconds.

    memory_bytes: of addresses. cpu_s, wall_s: for the child, by the kernel.
    answer_s: after which the child is ended from here; longer than wall_s, which tells more.
    """

    memory_bytes: int = 1024 * 1024 * 1024
    cpu_s: float = 20.0
    wall_s: float = 25.0
    answer_s: float = 30.0
    message_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True)
class Material:
    """What is to be scored, by what."""

    document: DesignDocument
    rubric: RubricPack
    problem: Pack | None
    model: str | None  # of sentences, by its hash; None scores by words alone

    @cached_property
    def names(self) -> JsonObject:
        """What a question calls it by."""
        return {
            "document": sha256(json.dumps(self.document).encode()).hexdigest(),
            "rubric": self.rubric.sha256,
            "problem": self.problem.sha256 if self.problem else None,
            "model": self.model,
        }

    def given(self, names: Any) -> JsonObject:
        whole: dict[str, Any] = {
            "document": self.document,
            "rubric": {
                "id": self.rubric.id,
                "version": self.rubric.version,
                "data": self.rubric.data,
            },
            "problem": self.problem.document if self.problem else None,
        }
        return {name: whole[name] for name in names}


class ScorerFailed(Exception):
    """There is no score. The message says why, in words for everybody: it quotes no note."""


class Scorer(Pool):
    """Thread-safe."""

    def __init__(
        self,
        limits: Limits | None = None,
        vectors: VectorCache | None = None,
        program: str = PROGRAM,
    ) -> None:
        """vectors: what is known of sentences, kept for longer than the children live."""
        super().__init__(self._start_child, CHILDREN, kept=CHILDREN)
        self.limits = limits or Limits()
        self.vectors = vectors or MemoryCache()
        self.program = program

    def put(
        self,
        task: str,
        material: Material,
        more: Mapping[str, Any] = MappingProxyType({}),
        *,
        while_waiting: WhileWaiting = nothing,
        answer_s: float | None = None,
    ) -> Any:
        """The answer to a task of `program`. Waits. Raises ScorerFailed.

        more: what else the task needs. while_waiting: called every second; what it raises ends the
        work and the child. answer_s: instead of that of the limits.
        """
        question: dict[str, Any] = {"task": task, **material.names, **more}
        answer_s = answer_s or self.limits.answer_s

        def put(child: Child) -> Any:
            child.within(answer_s, while_waiting)
            return self._put(child, question, material)

        try:
            return self.ask(put, while_waiting)
        except NotStarted as error:
            raise ScorerFailed("The scorer did not start. The log has the details.") from error
        except OutOfTime:
            raise ScorerFailed(_too_long(answer_s)) from None
        except TooLong as error:
            raise ScorerFailed("The scorer gave an answer that is far too long.") from error
        except Ended as ended:
            raise ScorerFailed(self._why(ended)) from None

    def _start_child(self, while_waiting: WhileWaiting) -> Child:
        limits = self.limits
        bounds = (limits.memory_bytes, limits.cpu_s, limits.wall_s, limits.message_bytes)
        return Child(self.program, bounds, environment=ENVIRONMENT, while_waiting=while_waiting)

    def _put(self, child: Child, question: JsonObject, material: Material) -> Any:
        answer = self._said(child, question)
        if "need" in answer:
            answer = self._said(child, {**question, "given": material.given(answer["need"])})
        if "done" not in answer:
            raise ScorerFailed(self._fault(answer))
        return answer["done"]

    def _said(self, child: Child, question: JsonObject) -> Mapping[str, Any]:
        child.send(write_message(question))
        while True:
            message = read_message(child.read, self.limits.message_bytes)
            if "get" not in message and "put" not in message:
                return message
            reply = answer_from(self.vectors, message)
            if reply is not None:
                child.send(write_message(reply))

    def _fault(self, answer: Mapping[str, Any]) -> str:
        if "refused" in answer:
            return str(answer["refused"])
        if answer.get("failed") == "MemoryError":
            return f"It needed more than {self.limits.memory_bytes >> 20} MB of memory."
        return f"The scorer met a fault ({answer.get('failed')}). The log has the details."

    def _why(self, ended: Ended) -> str:
        """What the end of the child says."""
        if ended.is_from_outside:
            return "The scorer was stopped from outside, for example for want of memory."
        if ended.status == -signal.SIGPROF:
            return _too_long(self.limits.cpu_s)
        if ended.status == -signal.SIGALRM:
            return _too_long(self.limits.wall_s)
        return f"The scorer crashed ({ended.signal_name or f'status {ended.status}'})."


def _too_long(limit_s: float) -> str:
    return f"One step took longer than {limit_s:g} s."


_scorer = Scorer()


def scorer() -> Scorer:
    """The one of this process."""
    return _scorer


def use(successor: Scorer) -> None:
    """As the one of this process, from the next question on."""
    global _scorer
    _scorer.close()
    _scorer = successor


def _begin_after_fork() -> None:
    """Locks and the lines to children belong to the parent."""
    global _scorer
    _scorer.abandon()
    _scorer = Scorer(_scorer.limits, _scorer.vectors, _scorer.program)


def _end() -> None:
    _scorer.close()  # the one of that moment


atexit.register(_end)
os.register_at_fork(after_in_child=_begin_after_fork)
