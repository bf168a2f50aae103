"""Does the engine agree with the marks of the packs' worked answers?

    python -m tests.scoring.evaluation.worked [--channels lexical semantic] [--worst 25] [--json]

Every worked answer is scored with nothing of its problem's pack but what the engine is told of
any problem: title, statement, card, families and what does not apply. Answers, marks, reference,
questions and numbers of that problem are cut off first, so each problem is one that the engine has
not met (leave one problem out). The engine's own numbers are the same for all problems; none is
fitted to one. They are set with all answers in view, so these figures are of known texts.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from typing import Any, Final

from apps.content import registry
from apps.content.types import Problem, WorkedAnswer
from apps.content.worked import answer_document
from apps.core.json import JsonObject
from apps.designs.document.validation import parse
from apps.scoring.agreement.levels import Level, RatedSession, levels_of, step_of
from apps.scoring.agreement.report import pairs_of, report_of, rows
from apps.scoring.agreement.table import agreement_table, as_text, confusion_table
from apps.scoring.domain.engines import engine
from tests.scoring.evaluation.scorer import CHANNELS, vectors_of

FLOW: Final = "ml-9-step"
PROCESSES: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    reports = {name: compare(name) for name in options.channels}
    if options.json:
        sys.stdout.write(json.dumps(reports, indent=1) + "\n")
    else:
        for name, report in reports.items():
            sys.stdout.write("\n".join(_told(name, report, options.worst)) + "\n")
    return 0


def compare(channels: str = "lexical") -> JsonObject:
    """The report of `apps.scoring.agreement`, with rows by the level that was meant."""
    sessions = rated(channels)
    report = report_of(sessions, step_of(registry.rubric()))
    meant = {_name(problem, answer): f"meant as {answer.level}" for problem, answer in answers()}
    pairs = [pair for pair in pairs_of(sessions) if pair.is_rated]
    report["levels"] = list(
        rows(pairs, lambda pair: meant[pair.session], sorted(set(meant.values())))
    )
    return report


def rated(channels: str) -> list[RatedSession]:
    """Each worked answer as the machine rates it and as its author marked it."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        names = [problem.id for problem in problems()]
        found = pool.map(_rated, names, [channels] * len(names), chunksize=3)
        return [session for sessions in found for session in sessions]


def problems() -> list[Problem]:
    return [problem for problem in registry.problems() if problem.flow == FLOW]


def answers() -> Iterator[tuple[Problem, WorkedAnswer]]:
    return ((problem, answer) for problem in problems() for answer in problem.answers)


def without_its_pack(problem: Problem) -> Problem:
    """What the engine may know of a problem that it meets for the first time."""
    return replace(
        problem,
        clarifications=(),
        key_components=(),
        special_criteria=(),
        twists=(),
        numbers=(),
        estimates=(),
        follow_ups=(),
        reference=None,
        answers=(),
    )


def scored(problem: Problem, answer: WorkedAnswer, channels: str) -> JsonObject:
    document = parse(answer_document(problem, answer.id))
    rubric = registry.rubric(problem.rubric)
    return engine().start(document, rubric, without_its_pack(problem), vectors_of(channels)).reply()


def _rated(problem_id: str, channels: str) -> list[RatedSession]:
    problem = registry.problem(problem_id)
    return [
        RatedSession(
            _name(problem, answer), _by_machine(problem, answer, channels), {"author": _by(answer)}
        )
        for answer in problem.answers
    ]


def _name(problem: Problem, answer: WorkedAnswer) -> str:
    return f"{problem.id}/{answer.id}"


def _by_machine(problem: Problem, answer: WorkedAnswer, channels: str) -> dict[str, Level]:
    return levels_of(scored(problem, answer, channels))


def _by(answer: WorkedAnswer) -> dict[str, Level]:
    return {name: level for step in answer.marks.values() for name, level in step.levels.items()}


def _told(channels: str, report: Any, worst: int) -> Iterator[str]:
    left, pairs = report["left_out"], report["all"]["with_ne"]["pairs"]
    ranked = sorted(report["criteria"], key=lambda item: item["with_ne"]["near"])
    yield f"Worked answers, {channels}: {report['sessions']} answers, {pairs} marks compared"
    yield (
        f"Left out, as it does not apply: by both {left['both']}, by the marks alone "
        f"{left['people']}, by the machine alone {left['machine']}"
    )
    for table in (
        agreement_table("By step", "step", [*report["steps"], report["all"]]),
        agreement_table("By intended level", "answers", report["levels"]),
        confusion_table(report["confusion"]),
        agreement_table(f"The {worst} worst criteria", "criterion", ranked[:worst]),
    ):
        yield from ("", *as_text(table))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--channels", nargs="+", choices=CHANNELS, default=CHANNELS)
    parser.add_argument("--worst", type=int, default=25, metavar="N", help="criteria to list")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
