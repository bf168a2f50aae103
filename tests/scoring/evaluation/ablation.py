"""Does a step's score depend on that step alone? Notes are taken away, one step at a time.

    python -m tests.scoring.evaluation.ablation [--channels lexical semantic]

On the best worked answer of each problem, with its board left as it is.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import mean
from typing import Any, Final

from apps.content import registry
from apps.content.types import Problem
from apps.content.worked import answer_document
from tests.scoring.evaluation.scorer import CHANNELS, reply_to
from tests.scoring.evaluation.worked import PROCESSES, problems

ANSWER: Final = "level-4"
GOAL: Final = 5  # points that another step may move by


@dataclass(frozen=True, slots=True)
class Ablation:
    """Points: what the step lost, and the most that another one moved by."""

    problem: str
    step: str
    lost: float
    moved: float


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--channels", nargs="+", choices=CHANNELS, default=CHANNELS)
    for channels in parser.parse_args(arguments).channels:
        sys.stdout.write(f"{channels}: {told(all_of(channels))}\n")
    return 0


def all_of(channels: str) -> list[Ablation]:
    """Every step of every problem emptied, on all cores."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        names = [problem.id for problem in problems()]
        found = pool.map(_of_problem, [channels] * len(names), names, chunksize=3)
        return [one for several in found for one in several]


def told(found: Sequence[Ablation]) -> str:
    worst = max(found, key=lambda one: one.moved)
    return (
        f"{len(found)} steps emptied, {sum(one.lost > 0 for one in found)} fell, by "
        f"{mean(one.lost for one in found):.0f} points on average; others moved by "
        f"{mean(one.moved for one in found):.2f}, at most {worst.moved:.1f} "
        f"({worst.problem}, {worst.step}; goal {GOAL})"
    )


def ablations(channels: str, problem: Problem) -> Iterator[Ablation]:
    whole = _scores(channels, _document(problem, without=""))
    for step in registry.flow(problem.flow).steps:
        less = _scores(channels, _document(problem, without=step.id))
        moved = max(abs(less[other] - whole[other]) for other in whole if other != step.id)
        yield Ablation(problem.id, step.id, whole[step.id] - less[step.id], moved)


def _of_problem(channels: str, problem_id: str) -> list[Ablation]:
    return list(ablations(channels, registry.problem(problem_id)))


def _document(problem: Problem, without: str) -> dict[str, Any]:
    document: dict[str, Any] = answer_document(problem, ANSWER)
    for body in document["steps"]:
        if body["id"] == without:
            body["notes"] = ""
    return document


def _scores(channels: str, document: dict[str, Any]) -> Mapping[str, float]:
    steps = reply_to(channels, document)["steps"]
    return {step: float(result["score"] or 0) for step, result in steps.items()}


if __name__ == "__main__":
    sys.exit(main())
