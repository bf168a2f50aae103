"""Which sessions are timed? Worked answers of the packs, whole, with their boards."""

from itertools import cycle, islice
from typing import Any, Final

from apps.content import registry
from apps.content.worked import answer_document, board_json, reference_document

WORDS: Final = 2_000
COMPONENTS: Final = 25
# The long session is of a problem that the others are not of, so that all its sentences are new.
LONG: Final = "ride-matching"
CHANGED: Final = "metrics"
SENTENCE: Final = (
    " We also report recall at 0.5 % alarms for each city, as small ones behave apart."
)


def answers(count: int) -> list[dict[str, Any]]:
    """So many worked answers, level by level; the bank is gone through again where it is short."""
    problems = [one for one in registry.problems() if one.answers and one.id != LONG]
    whole: list[dict[str, Any]] = [
        dict(answer_document(problem, f"level-{level}"))
        for level in (4, 3, 2)
        for problem in problems
        if problem.flow == registry.DEFAULT_FLOW
    ]
    return list(islice(cycle(whole), count))


def long_session() -> dict[str, Any]:
    """A design of 2,000 words and 25 components: two answers to one problem laid together."""
    problem = registry.problem(LONG)
    parts = [answer_document(problem, "level-4"), answer_document(problem, "level-3")]
    session: dict[str, Any] = dict(reference_document(problem))
    left = WORDS
    for body in session["steps"]:
        notes = "\n\n".join(_notes(part, body["id"]) for part in parts)
        share = WORDS // len(session["steps"])
        body["notes"], body["status"] = _first_words(notes, min(left, share)), "in_play"
        left -= words_of(body["notes"])
    session["board"] = _board(problem)
    return session


def with_one_sentence_more(session: dict[str, Any]) -> dict[str, Any]:
    steps = [
        {**body, "notes": body["notes"] + (SENTENCE if body["id"] == CHANGED else "")}
        for body in session["steps"]
    ]
    return {**session, "steps": steps}


def words_of(text: str) -> int:
    return len(text.split())


def words_in(session: dict[str, Any]) -> int:
    return sum(words_of(body["notes"]) for body in session["steps"])


def _notes(part: Any, step: str) -> str:
    return str(next(body["notes"] for body in part["steps"] if body["id"] == step))


def _first_words(text: str, count: int) -> str:
    """The text up to so many words, its lines kept."""
    lines: list[str] = []
    for line in text.splitlines():
        words = line.split(" ")
        lines.append(" ".join(words[:count]))
        count -= words_of(lines[-1])
        if count <= 0:
            break
    return "\n".join(lines)


def _board(problem: Any) -> dict[str, Any]:
    """The components of two boards, with the connections between those that are kept."""
    boards = [problem.reference.board, problem.answers[-1].board]
    prefixed = [_prefixed(board_json(board), f"b{n}-") for n, board in enumerate(boards)]
    components = [one for board in prefixed for one in board["components"]][:COMPONENTS]
    kept = {one["id"] for one in components}
    connections = [
        {**one, "id": f"c{n}"}
        for n, one in enumerate(one for board in prefixed for one in board["connections"])
        if {one["source"], one["target"]} <= kept
    ]
    return {"components": components, "connections": connections, "groups": []}


def _prefixed(board: Any, prefix: str) -> dict[str, Any]:
    return {
        "components": [
            {**{key: of for key, of in one.items() if key != "group"}, "id": prefix + one["id"]}
            for one in board["components"]
        ],
        "connections": [
            {**one, "source": prefix + one["source"], "target": prefix + one["target"]}
            for one in board["connections"]
        ],
    }
